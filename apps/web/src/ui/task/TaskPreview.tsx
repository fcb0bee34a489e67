import type { Message } from '@groundwork/contract'
import { Conversation } from './Conversation.tsx'
import { type ResponseContent, ResponsePair } from './ResponsePair.tsx'
import { TaskFind } from './TaskFind.tsx'
import { useResponses } from './use-responses.ts'

/** A task as the workbench shows it, to look at: for previews of a file and pages of the team. */
export function TaskPreview({
  id,
  context,
  candidates,
}: {
  /** Tells one task from another. */
  id: string
  context: readonly Message[]
  candidates: readonly ResponseContent[]
}) {
  const view = useResponses(id)
  return (
    <div className="task-grid task-preview">
      <TaskFind view={view} />
      <Conversation
        key={id}
        messages={context}
        expanded={view.expanded}
        onExpand={view.setExpanded}
        bodyRef={view.contextRef}
      />
      <ResponsePair key={`${id} responses`} responses={candidates} view={view} />
    </div>
  )
}
