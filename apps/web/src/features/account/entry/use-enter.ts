import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { meQuery, startPage } from '../../../api/session.ts'

/** Goes on after the server has opened a session: to where the person wanted to go, or to where they start. */
export function useEnter(): (next?: string) => Promise<void> {
  const queries = useQueryClient()
  const router = useRouter()
  return async (next) => {
    queries.clear()
    const me = await queries.fetchQuery(meQuery)
    if (next && next !== '/') router.history.push(next)
    else await router.navigate({ to: startPage(me) })
  }
}
