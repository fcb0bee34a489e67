import type { Block } from '@groundwork/contract'
import { type ReactNode, useMemo } from 'react'
import { Markdown } from '../../ui/markdown/Markdown.tsx'
import { Conversation } from '../../ui/task/Conversation.tsx'
import type { Layout } from '../../ui/task/layout.ts'
import { ResponsePair } from '../../ui/task/ResponsePair.tsx'
import { TaskFind } from '../../ui/task/TaskFind.tsx'
import { turnsNamedIn } from '../../ui/task/turns.ts'
import type { ResponsesView } from '../../ui/task/use-responses.ts'
import type { OpenTask } from './workbench-state.ts'

/**
 * The main column: what the form shows of the task, in the form's order, and below it the questions that need the whole width. Where
 * the responses are all there is, they fill the column and scroll on their own; otherwise the column scrolls as one.
 */
export function TaskStage({
  task,
  view,
  chosen,
  questions,
}: {
  task: OpenTask
  view: ResponsesView
  /** Ids of the candidates that the answer prefers. */
  chosen: readonly string[]
  /** The wide questions; null when the form has none. */
  questions: ReactNode
}) {
  const { id, form, task: shown } = task.assignment
  const responses = form.blocks.some((block) => block.type === 'candidates') ? shown.candidates : []
  const named = useMemo(() => turnsNamedIn(task.answer), [task.answer])
  // The editor of boxes shows the images itself, large.
  const marksImages = form.questions.some((question) => question.type === 'boxes')
  const beside =
    responses.length === 1 && form.blocks.some((block) => block.type === 'context' && block.beside)
  const draw = (block: Block, index: number) => {
    if (block.type === 'note')
      return (
        <aside className="wb-note" key={`${id} ${index}`}>
          <Markdown text={block.markdown} />
        </aside>
      )
    // A form that names a block twice has it once.
    if (form.blocks.findIndex((each) => each.type === block.type) !== index) return null
    if (block.type === 'context')
      return (
        <Conversation
          key={`${id} context`}
          messages={shown.context}
          expanded={view.expanded || responses.length === 0}
          {...(responses.length > 0 && { onExpand: view.setExpanded })}
          bodyRef={view.contextRef}
          title={block.title}
          images={!marksImages}
          named={named}
        />
      )
    if (block.type !== 'candidates' || responses.length === 0) return null
    return (
      <ResponsePair
        key={id}
        responses={responses}
        view={view}
        layout={block.layout satisfies Layout}
        {...(block.view && { shows: block.view })}
        chosen={chosen}
        title={block.title}
      />
    )
  }
  // What is said about passages of one text stands beside it.
  const facing =
    questions !== null && responses.length === 1 && form.questions.some(({ type }) => type === 'sources')
  const flows = responses.length === 0 || questions !== null
  return (
    <div
      className={`task-grid wb-stage ${flows ? 'flows' : ''} ${responses.length === 0 ? 'alone' : ''} ${beside ? 'beside' : ''} ${facing ? 'facing' : ''}`}
    >
      <TaskFind view={view} />
      {form.blocks.map(draw)}
      {questions}
    </div>
  )
}
