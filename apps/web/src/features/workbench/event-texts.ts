import { ApiError } from '@groundwork/client'
import type { QueryClient } from '@tanstack/react-query'
import type { useNavigate } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { errorText } from '../../api/error-text.ts'
import { i18n } from '../../i18n/index.ts'
import { formatSignedMoney } from '../../ui/format.ts'
import { showToast } from '../../ui/toast-store.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import type { WorkbenchEvent } from './workbench-state.ts'

const names = ['notices', 'common'] as const

/** Says what has happened to a task: a toast for the eye, or an announcement for screen readers. */
export async function tell(
  event: Exclude<WorkbenchEvent, { kind: 'opened' | 'fetched' }>,
  session: WorkbenchSession,
  {
    queryClient,
    navigate,
    say,
  }: { queryClient: QueryClient; navigate: ReturnType<typeof useNavigate>; say: (text: string) => void },
): Promise<void> {
  await i18n.loadNamespaces([...names])
  const t = i18n.of([...names]) as unknown as TFunction<typeof names>
  switch (event.kind) {
    case 'submitted':
      void queryClient.invalidateQueries({ queryKey: ['work'] })
      void queryClient.invalidateQueries({ queryKey: ['earnings'] })
      showToast({
        money: formatSignedMoney(event.amount),
        text: t(event.late ? 'receipt.late' : `receipt.${event.state}`),
        stays: event.undoMs,
        act: { label: t('common:actions.undo'), run: () => void session.requests.undo(event.judgmentId) },
      })
      return
    case 'refused':
      showToast({
        bad: true,
        stays: 12_000,
        text: t(event.returned ? 'toast.refusedReturned' : 'toast.refused', { message: event.message }),
      })
      return
    case 'failed':
      if (event.error instanceof ApiError && event.error.code === 'not_signed_in') {
        const run = () => {
          queryClient.removeQueries({ queryKey: ['me'] })
          void navigate({ to: '/sign-in', search: { next: location.pathname } })
        }
        showToast({
          bad: true,
          stays: 60_000,
          text: t('toast.signedOut'),
          act: { label: t('common:pages.signIn'), run },
        })
      } else showToast({ bad: true, text: errorText(event.error) })
      return
    case 'skipped': {
      void queryClient.invalidateQueries({ queryKey: ['work'] })
      const run = () => void session.requests.undoSkip(event.assignmentId)
      showToast({ text: t('toast.skipped'), act: { label: t('common:actions.undo'), run } })
      return
    }
    case 'flagged':
    case 'undone':
      showToast({ text: t(`toast.${event.kind}`) })
      return
    case 'resumed':
    case 'conflict':
      return say(t(`announce.${event.kind}`))
    case 'lost':
      return say(t(`lostTitle.${event.lost}`))
  }
}
