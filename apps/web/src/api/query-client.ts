import { ApiError, OfflineError } from '@groundwork/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

/** Called when any request finds that the session is over. The app sends the person to the sign-in page. */
let onSignedOut: () => void = () => {}
export function whenSignedOut(run: () => void): void {
  onSignedOut = run
}

const noticeSignOut = (error: unknown) => {
  if (error instanceof ApiError && error.code === 'not_signed_in') onSignedOut()
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays a refusal; only a broken connection or a fault of the server is worth another try.
      retry: (failures, error) =>
        failures < 2 && (error instanceof OfflineError || (error instanceof ApiError && error.status >= 500)),
    },
    mutations: { networkMode: 'always' },
  },
})
