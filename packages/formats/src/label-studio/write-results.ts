import { messageText, type TaskPayload } from '@groundwork/contract'
import { TextOffsets } from '../content/offsets.ts'
import type { Annotation, Feedback, Verdict } from '../feedback/feedback.ts'
import type { Out } from '../feedback/out.ts'
import { fieldsOf, speakerOf, wholeScore } from '../feedback/shown-tasks.ts'
import { criterionName } from './config.ts'

/** What a task shows: a prompt with two answers, a list to be ranked, one answer, nothing else, an image, or the turns of a dialogue. */
export type Shape = 'pair' | 'items' | 'answer' | 'prompt' | 'image' | 'dialogue'

/** `mark` tells the results of one verdict apart; the ids of all are made from it. */
type Result = { mark: string; from_name: string; to_name: string; type: string; value: object } & Partial<
  Record<'original_width' | 'original_height' | 'image_rotation', number>
>
type Of<T extends Verdict['type']> = Extract<Verdict, { type: T }>
type Place = { task: TaskPayload; shape: Shape; out: Out }

/** One annotation for each person, with all that the person said; the source's own conclusion is the ground truth. */
export function annotationsOf({ task, annotations }: Feedback, shape: Shape, out: Out) {
  const people = new Map<string, number>()
  const votes = new Map<string, number>()
  const made = new Map<string, { person: string; own: boolean; results: object[] }>()
  for (const [index, each] of annotations.entries()) {
    const { person } = speakerOf(each)
    const results = resultsOf(each, { task, shape, out })
    if (results.length === 0) continue
    if (!people.has(person)) people.set(person, people.size + 1)
    // A second vote of the same person is an annotation of its own: a task has one result of a control.
    const vote = each.verdict.type === 'pairwise' ? (votes.get(person) ?? 0) : 0
    if (each.verdict.type === 'pairwise') votes.set(person, vote + 1)
    const key = `${vote} ${person}`
    const one = made.get(key) ?? { person, own: each.by === undefined, results: [] }
    made.set(key, one)
    one.results.push(...results.map(({ mark, ...result }) => ({ id: `v${index + 1}${mark}`, ...result })))
  }
  return [...made.values()].map(({ person, own, results }) => ({
    completed_by: people.get(person),
    was_cancelled: false,
    ground_truth: own,
    result: results,
  }))
}

function resultsOf(annotation: Annotation, place: Place): Result[] {
  const { verdict, rationale } = annotation
  const { shape, out } = place
  const results = judged(annotation, place)
  if (results.length === 0 && !isEmpty(verdict)) out.note('judgments_left_out')
  if (rationale === undefined) return results
  out.seen('control', 'reason')
  return [...results, { mark: 'r', from_name: 'reason', ...textarea(mainOf(shape), rationale) }]
}

const isEmpty = (verdict: Verdict): boolean =>
  (verdict.type === 'classification' && verdict.labels.length === 0) ||
  (verdict.type === 'spans' && verdict.spans.length === 0) ||
  (verdict.type === 'boxes' && verdict.boxes.length === 0)

function judged(annotation: Annotation, place: Place): Result[] {
  const { verdict } = annotation
  const { shape, out } = place
  switch (verdict.type) {
    case 'pairwise':
      return shape === 'pair' ? pairwise(verdict, out) : []
    case 'ranking':
      return shape === 'items' ? ranker(verdict, out) : []
    case 'rubric':
      return ratings(verdict, place)
    case 'thumb': {
      if (shape !== 'answer') return []
      out.seen('control', 'thumb')
      return [choices('thumb', 'answer', [verdict.good ? 'good' : 'bad'], 'g')]
    }
    case 'classification': {
      if (verdict.labels.length === 0) return []
      if (verdict.labels.length > 1) out.seen('control', 'labels')
      for (const label of verdict.labels) out.seen('label', label)
      return [choices('label', mainOf(shape), verdict.labels, 'c')]
    }
    case 'text': {
      const { comment } = speakerOf(annotation)
      const side = shape === 'pair' && comment !== 'comment' ? `answer${comment.slice(-1)}` : mainOf(shape)
      out.seen('text', `${comment}\u0000${side}`)
      return [{ mark: 'x', from_name: comment, ...textarea(side, verdict.text) }]
    }
    case 'spans':
      return spans(verdict, place)
    case 'boxes':
      return shape === 'image' ? rectangles(verdict, place) : []
    default:
      return []
  }
}

/** What a control of the task as a whole belongs to. */
const mainOf = (shape: Shape): string => (shape === 'image' || shape === 'dialogue' ? shape : 'prompt')

const textarea = (to: string, text: string) => ({ to_name: to, type: 'textarea', value: { text: [text] } })
const choices = (from: string, to: string, labels: string[], mark: string): Result => ({
  mark,
  from_name: from,
  to_name: to,
  type: 'choices',
  value: { choices: labels },
})

/** `pairwise` knows neither strength nor ties, so both stand beside it as a rating and a choice. */
function pairwise({ outcome, strength }: Of<'pairwise'>, out: Out): Result[] {
  out.seen('control', 'preference')
  if (outcome !== 'a' && outcome !== 'b') return [choices('tie', 'prompt', [outcome], 't')]
  const size = Math.round(Math.abs(strength ?? 0))
  const selected = outcome === 'a' ? 'left' : 'right'
  const [from_name, to_name] = ['preference', 'answer1,answer2']
  return [
    { mark: 'p', from_name, to_name, type: 'pairwise', value: { selected } },
    ...(size >= 1
      ? [{ mark: 's', from_name: 'strength', to_name: 'prompt', type: 'rating', value: { rating: size } }]
      : []),
  ]
}

/** The items from best to worst. A list has no place for equal ranks. */
function ranker({ ranks }: Of<'ranking'>, out: Out): Result[] {
  out.seen('control', 'rank')
  if (new Set(ranks.map(({ rank }) => rank)).size < ranks.length) {
    out.note('equal_ranks_left_out')
    return []
  }
  const order = ranks.toSorted((one, other) => one.rank - other.rank).map(({ candidate }) => candidate)
  const value = { ranker: order }
  return [{ mark: 'k', from_name: 'rank', to_name: 'items', type: 'ranker', value }]
}

/** A rating for each criterion. Stars are whole numbers from 1 on. */
function ratings({ candidate, scores }: Of<'rubric'>, { task, shape, out }: Place): Result[] {
  const field = fieldsOf(task, 'answer').find(({ id }) => id === candidate)?.field
  if (field === undefined || (shape !== 'answer' && shape !== 'pair')) return []
  return Object.entries(scores).flatMap(([criterion, score], index) => {
    const rating = wholeScore(score, 1)
    if (rating === null) {
      if (score !== null) out.note('rating_left_out')
      return []
    }
    const name = criterionName(criterion)
    out.seen(`rating \u0000${field}\u0000${name}`, String(rating))
    return [{ mark: `n${index + 1}`, from_name: name, to_name: field, type: 'rating', value: { rating } }]
  })
}

/** Spans with their quotes, by UTF-16 units; in a dialogue within the paragraph of their message. */
function spans({ target, spans: marked }: Of<'spans'>, { task, shape, out }: Place): Result[] {
  const at = placeOf(target, task, shape)
  if (!at) return []
  const offsets = new TextOffsets(at.text)
  return marked.flatMap(({ start, end, quote, labels }, index): Result[] => {
    if (offsets.slice(start, end) !== quote) {
      out.note('quote_differs')
      return []
    }
    const [from, to] = [offsets.toUnits(start), offsets.toUnits(end)]
    for (const label of labels) out.seen(`span ${at.field}`, label)
    const named = { mark: `l${index + 1}`, from_name: `span_${at.field}`, to_name: at.field }
    if (shape !== 'dialogue')
      return [{ ...named, type: 'labels', value: { start: from, end: to, text: quote, labels } }]
    const paragraph = String(at.paragraph)
    const value = { start: paragraph, end: paragraph, startOffset: from, endOffset: to, text: quote }
    return [{ ...named, type: 'paragraphlabels', value: { ...value, paragraphlabels: labels } }]
  })
}

/** The field and the text of a target, and which paragraph it is in a dialogue. */
function placeOf(target: string, task: TaskPayload, shape: Shape) {
  const [, message] = /^context:(\d+)$/.exec(target) ?? []
  const [id = target, turn = '0'] = message === undefined ? target.split(':') : []
  const index = Number(message ?? turn)
  const ofCandidate = task.candidates.findIndex((each) => each.id === id)
  const before = task.candidates.slice(0, Math.max(ofCandidate, 0)).flatMap(({ messages }) => messages)
  const messages = message === undefined ? task.candidates[ofCandidate]?.messages : task.context
  const found = messages?.[index]
  if (!found || shape === 'image' || shape === 'items') return null
  const text = messageText(found)
  if (shape === 'dialogue') {
    const paragraph = message === undefined ? task.context.length + before.length + index : index
    return { field: 'dialogue', text, paragraph }
  }
  const field = message === undefined ? fieldsOf(task, 'answer')[ofCandidate]?.field : 'prompt'
  return field === undefined ? null : { field, text, paragraph: 0 }
}

/** From pixels to percent of the image. */
function rectangles({ boxes }: Of<'boxes'>, { task, out }: Place): Result[] {
  const { width: across = 0, height: down = 0 } = (task.metadata ?? {}) as Record<string, number>
  return boxes.map(({ x, y, width, height, label }, index) => {
    out.seen('box', label)
    return {
      mark: `b${index + 1}`,
      from_name: 'box',
      to_name: 'image',
      type: 'rectanglelabels',
      original_width: across,
      original_height: down,
      image_rotation: 0,
      value: {
        x: (x / across) * 100,
        y: (y / down) * 100,
        width: (width / across) * 100,
        height: (height / down) * 100,
        rotation: 0,
        rectanglelabels: [label],
      },
    }
  })
}
