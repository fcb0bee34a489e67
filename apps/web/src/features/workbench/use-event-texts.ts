import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '../../i18n/react.ts'
import { parseAhead } from '../../ui/markdown/parsed.ts'
import { textsOf } from '../../ui/task/message-text.ts'
import { loadExtras } from './load-extras.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import type { WorkbenchEvent } from './workbench-state.ts'

/**
 * Turns what happens in a session into words: toasts for the eye, announcements for screen readers. A task that was fetched ahead is
 * parsed ahead too.
 */
export function useEventTexts(
  say: (text: string) => void,
): (event: WorkbenchEvent, session: WorkbenchSession) => void {
  const { t } = useTranslation('workbench')
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
      default:
        void loadExtras().then(({ tell }) => tell(event, session, { queryClient, navigate, say }))
    }
  }
}
