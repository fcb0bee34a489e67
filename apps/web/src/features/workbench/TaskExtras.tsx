import { i18n } from '../../i18n/index.ts'
import { ShortcutList } from '../../ui/keys/ShortcutList.tsx'
import { ConflictDialog } from './desk/ConflictDialog.tsx'
import { RecentWork } from './desk/RecentWork.tsx'
import { FlagDialog } from './FlagDialog.tsx'
import { SkipDialog } from './SkipDialog.tsx'
import type { WorkbenchSession } from './workbench-session.ts'
import type { OpenTask } from './workbench-state.ts'

export { tell } from './event-texts.ts'
export { TaskCommands } from './TaskCommands.tsx'
export { TaskNotices } from './TaskNotices.tsx'

/** The words of what is here. */
export const loadTexts = (): Promise<unknown> => i18n.loadNamespaces(['notices', 'desk', 'answer'])

export type ShownDialog = 'flag' | 'skip' | 'keys' | 'change-keys' | 'recent' | 'versions'

/** What opens over a task. Loaded together once the task is shown, so that it is there when the connection is not. */
export function TaskDialog({
  shown,
  session,
  task,
  onClose,
}: {
  shown: ShownDialog
  session: WorkbenchSession
  task: OpenTask
  onClose: () => void
}) {
  const { current, requests } = session
  switch (shown) {
    case 'flag':
      return (
        <FlagDialog
          onClose={onClose}
          onFlag={(reason, comment) => {
            onClose()
            void requests.flag(reason, comment)
          }}
        />
      )
    case 'skip':
      return (
        <SkipDialog
          onClose={onClose}
          onSkip={(reason) => {
            onClose()
            void requests.skip(reason)
          }}
        />
      )
    case 'versions':
      return (
        <ConflictDialog
          task={task}
          onOpen={() => void current.refresh()}
          onClose={onClose}
          onChoose={(version) => current.choose(version)}
        />
      )
    case 'recent':
      return <RecentWork projectId={task.assignment.projectId} onClose={onClose} />
    default:
      return <ShortcutList open onClose={onClose} editing={shown === 'change-keys'} />
  }
}
