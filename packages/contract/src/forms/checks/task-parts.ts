import type { Message } from '../../content.ts'
import type { Question } from '../form.ts'

/** What of a task answers can speak of; a trainer's view of it and the whole payload both fit. */
export type AnswerTask = {
  readonly context: readonly Message[]
  readonly candidates: readonly { readonly id: string; readonly messages: readonly Message[] }[]
}

export type TaskPart = { target: string; part: number; role: Message['role'] } & (
  | { kind: 'text'; text: string }
  | { kind: 'image'; assetId: string; width?: number | undefined; height?: number | undefined }
)

/** How an answer names a message: `context:2`, or a candidate's id and the message's place, `a:0`. */
export const messageTarget = (owner: string, index: number): string => `${owner}:${index}`

/** Texts and images of a task with the names by which answers speak of them. Reasoning of models is not among them. */
export function partsOf(task: AnswerTask, of: 'candidates' | 'context' | 'all' = 'all'): TaskPart[] {
  const groups = [
    ...(of === 'candidates' ? [] : [{ id: 'context', messages: task.context }]),
    ...(of === 'context' ? [] : task.candidates),
  ]
  return groups.flatMap(({ id, messages }) =>
    messages.flatMap((message, index) =>
      message.parts.flatMap((part, place): TaskPart[] => {
        const at = { target: messageTarget(id, index), part: place, role: message.role }
        if (part.type === 'text') return [{ ...at, kind: 'text', text: part.text }]
        return part.type === 'image'
          ? [{ ...at, kind: 'image', assetId: part.assetId, width: part.width, height: part.height }]
          : []
      }),
    ),
  )
}

/** The targets that a question is asked of; undefined for a question that is asked once of the whole task. */
export function targetsOf(question: Question, task: AnswerTask): string[] | undefined {
  const each = eachOf(question)
  if (each === 'task') return undefined
  if (each === 'candidate') return task.candidates.map(({ id }) => id)
  const roles = ('roles' in question && question.roles) || ['assistant']
  const named = (owner: string, messages: readonly Message[]) =>
    messages.flatMap(({ role }, index) => (roles.includes(role) ? [messageTarget(owner, index)] : []))
  return [
    ...named('context', task.context),
    ...task.candidates.flatMap(({ id, messages }) => named(id, messages)),
  ]
}

/** Whether a question is asked of the task, of each candidate or of each message. */
export const eachOf = (question: Question): 'task' | 'candidate' | 'message' =>
  ('each' in question && question.each) || 'task'

/** The text that a candidate says: its messages' text parts, messages apart by an empty line. */
export const candidateText = (candidate: AnswerTask['candidates'][number]): string =>
  candidate.messages
    .filter(({ role }) => role === 'assistant' || candidate.messages.length === 1)
    .map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')).join(''))
    .join('\n\n')

/**
 * The steps of a candidate: the text parts of its last message where there are several, else its text split at empty lines or at line
 * ends. A fenced block of code stays in one step.
 */
export function stepsOf(
  candidate: AnswerTask['candidates'][number],
  split: 'paragraphs' | 'lines',
): string[] {
  const parts =
    candidate.messages.at(-1)?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])) ?? []
  return parts.length > 1 ? parts : splitSteps(candidateText(candidate), split)
}

function splitSteps(text: string, split: 'paragraphs' | 'lines'): string[] {
  const steps: string[] = []
  let step: string[] = []
  let fence: string | undefined
  const end = () => {
    if (step.some((line) => line.trim() !== '')) steps.push(step.join('\n').replace(/^\n+|\s+$/g, ''))
    step = []
  }
  for (const line of text.split(/\r\n|\n|\r/)) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]
    if (!fence && !mark && line.trim() === '') {
      end()
      continue
    }
    step.push(line)
    if (fence && mark?.startsWith(fence)) fence = undefined
    else if (!fence && mark) fence = mark
    if (!fence && split === 'lines') end()
  }
  end()
  return steps
}

/** The text between two code points, end exclusive; undefined when the text is shorter. */
export function sliceCodePoints(text: string, start: number, end: number): string | undefined {
  let point = 0
  let from: number | undefined
  for (let unit = 0; ; ) {
    if (point === start) from = unit
    if (point === end) return from === undefined ? undefined : text.slice(from, unit)
    if (unit >= text.length) return undefined
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
    point++
  }
}
