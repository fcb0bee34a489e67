import { ApiError } from '@groundwork/client'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { formatSignedMoney } from '../../ui/format.ts'
import { parseAhead } from '../../ui/markdown/parsed.ts'
import { textsOf } from '../../ui/task/message-text.ts'
import { showToast } from '../../ui/toast-store.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import type { WorkbenchEvent } from './workbench-state.ts'

/**
 * Turns what happens in a session into words: toasts for the eye, announcements for screen readers. A task that was fetched ahead is
 * parsed ahead too.
 */
export function useEventTexts(
  say: (text: string) => void,
): (event: WorkbenchEvent, session: WorkbenchSession) => void {
  const { t } = useTranslation(['workbench', 'common'])
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return (event, session) => {
    switch (event.kind) {
      case 'opened':
        document.title = `${event.assignment.project.name} · Groundwork`
        return say(t('announce.opened', { project: event.assignment.project.name }))
      case 'fetched': {
        const { context, candidates } = event.assignment.task
        return parseAhead([...context, ...candidates.flatMap((each) => each.messages)].flatMap(textsOf))
      }
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
      case 'skipped':
      case 'flagged':
      case 'undone':
        showToast({ text: t(`toast.${event.kind}`) })
        return
      case 'resumed':
      case 'conflict':
        return say(t(`announce.${event.kind}`))
      case 'lost':
        return say(t(`lost.${event.lost}`))
    }
  }
}
