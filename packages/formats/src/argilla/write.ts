import { type Candidate, type Message, messageText, type TaskPayload } from '@groundwork/contract'
import { TextOffsets } from '../content/offsets.ts'
import type { Annotation } from '../feedback/feedback.ts'
import { hasImage } from '../feedback/images.ts'
import type { Out, WriteRows } from '../feedback/out.ts'
import { fieldsOf, shownTasks, speakerOf, wholeScore } from '../feedback/shown-tasks.ts'
import { inOrder, type QuestionKind } from './questions.ts'

/** Questions that are always the same; a criterion that is called so gets another name. */
const taken = ['preference', 'strength', 'reason', 'ranking', 'labels', 'verdict', 'comment']
const criterionName = (criterion: string): string =>
  taken.includes(criterion) || /^(feedback[12]|span_.*)$/.test(criterion) ? `${criterion}_rating` : criterion

/** The response of one person to a question. Ranks and spans are lists of objects, labels a list of texts. */
type Response = { question: string; kind: QuestionKind; value: unknown; by: string }

/**
 * A flat record with the fields `prompt` and `response` (`response1`, `response2`, … of several), and its questions: `preference` (which, or a kind of tie), `strength`
 * (1 to 3) and `reason` of pairs, `ranking`, a rating for each criterion, `labels`, `verdict` (good or bad), `span_` with the name of a field, `comment`. The responses
 * to a question stand side by side, in the order in which they were given. Ratings of several answers are as many records.
 */
export const writeArgilla: WriteRows = (feedback, out) => {
  for (const each of shownTasks(feedback)) writeRecord(each, out)
}

const writeRecord: WriteRows = (feedback, out) => {
  const { task, annotations } = feedback
  const isPair =
    task.candidates.length === 2 && !annotations.some(({ verdict }) => verdict.type === 'ranking')
  const [prompt] = task.context
  if (annotations.some(({ verdict }) => verdict.type === 'pairwise') && task.candidates.length !== 2)
    return out.drop('not_a_pair')
  if (!prompt || task.context.length > 1) return out.drop('prompt_is_conversation')
  if ([prompt, ...task.candidates.flatMap(({ messages }) => messages)].some(hasImage))
    return out.drop('has_images')
  const texts = task.candidates.map(plainText)
  if (!texts.every((each) => each !== null)) return out.drop('answer_has_several_messages')
  const fields = fieldsOf(task, 'response')
  const responses = annotations.flatMap((each) => responsesOf(each, task, out))
  for (const { field } of fields) out.seen('field', field)
  out.row({
    ...(task.externalId !== undefined && { id: task.externalId }),
    status: responses.length > 0 ? 'completed' : 'pending',
    prompt: messageText(prompt),
    ...Object.fromEntries(fields.map(({ field }, index) => [field, texts[index]])),
    ...questions(responses, isPair, out),
  })
}

/** Three columns for each question; people who did not answer it are not in them. Those of a pair are always there. */
function questions(responses: Response[], isPair: boolean, out: Out) {
  const always: [string, QuestionKind][] = isPair
    ? [
        ['preference', 'label'],
        ['strength', 'rating'],
        ['reason', 'text'],
      ]
    : []
  const kinds = new Map<string, QuestionKind>([
    ...always,
    ...responses.map(({ question, kind }): [string, QuestionKind] => [question, kind]),
  ])
  return Object.fromEntries(
    inOrder([...kinds].map(([name, kind]) => ({ name, kind }))).flatMap(({ name, kind }) => {
      const given = responses.filter(({ question }) => question === name)
      out.seen('question', `${kind} ${name}`)
      return [
        [`${name}.responses`, given.map(({ value }) => value)],
        [`${name}.responses.users`, given.map(({ by }) => by)],
        [`${name}.responses.status`, given.map(() => 'submitted')],
      ]
    }),
  )
}

function responsesOf(annotation: Annotation, task: TaskPayload, out: Out): Response[] {
  const { person: by } = speakerOf(annotation)
  const made = judged(annotation, task, out).map((each) => ({ ...each, by }))
  const { rationale } = annotation
  return rationale === undefined
    ? made
    : [...made, { question: 'reason', kind: 'text', value: rationale, by }]
}

function judged(annotation: Annotation, task: TaskPayload, out: Out): Omit<Response, 'by'>[] {
  const { verdict } = annotation
  const fields = fieldsOf(task, 'response')
  const fieldOf = (candidate: string) => fields.find(({ id }) => id === candidate)?.field
  switch (verdict.type) {
    case 'pairwise': {
      const { outcome, strength } = verdict
      const side = outcome === 'a' ? 'response1' : outcome === 'b' ? 'response2' : outcome
      const size = strength ? Math.round(Math.abs(strength)) : null
      return [
        { question: 'preference', kind: 'label', value: side },
        ...(size === null || size < 1
          ? []
          : [{ question: 'strength', kind: 'rating' as const, value: size }]),
      ]
    }
    case 'ranking': {
      const levels = [...new Set(verdict.ranks.map(({ rank }) => rank))].sort((one, other) => one - other)
      const value = verdict.ranks.flatMap(({ candidate, rank }) => {
        const field = fieldOf(candidate)
        return field === undefined ? [] : [{ value: field, rank: levels.indexOf(rank) + 1 }]
      })
      return [{ question: 'ranking', kind: 'ranking', value }]
    }
    case 'rubric':
      return Object.entries(verdict.scores).flatMap(([question, score]) => {
        const value = task.candidates.length > 1 ? null : wholeScore(score, 0)
        if (value !== null) return [{ question: criterionName(question), kind: 'rating' as const, value }]
        if (score !== null) out.note('rating_left_out')
        return []
      })
    case 'classification':
      return verdict.labels.length > 0
        ? [{ question: 'labels', kind: 'multi_label', value: [...new Set(verdict.labels)] }]
        : []
    case 'thumb':
      return [{ question: 'verdict', kind: 'label', value: verdict.good ? 'good' : 'bad' }]
    case 'text':
      return [{ question: speakerOf(annotation).comment, kind: 'text', value: verdict.text }]
    case 'spans': {
      const target = verdict.target.replace(/:0$/, '')
      const field = verdict.target === 'context:0' ? 'prompt' : fieldOf(target)
      const message = field === 'prompt' ? task.context[0] : messageOf(task, target)
      if (!message || field === undefined) {
        out.note('judgments_left_out')
        return []
      }
      const value = spansIn(messageText(message), verdict.spans, out)
      return value.length > 0 ? [{ question: `span_${field}`, kind: 'span', value }] : []
    }
    default:
      return []
  }
}

/** Offsets count code points there as here. A span has one label, so one with several is as many spans. */
function spansIn(
  text: string,
  spans: { start: number; end: number; quote: string; labels: string[] }[],
  out: Out,
) {
  const offsets = new TextOffsets(text)
  return spans.flatMap(({ start, end, quote, labels }) => {
    if (offsets.slice(start, end) === quote) return labels.map((label) => ({ start, end, label }))
    out.note('quote_differs')
    return []
  })
}

const messageOf = ({ candidates }: TaskPayload, id: string): Message | undefined =>
  candidates.find((each) => each.id === id)?.messages[0]

function plainText({ messages }: Candidate): string | null {
  const [message] = messages
  return message && messages.length === 1 && !message.toolCalls ? messageText(message) : null
}
