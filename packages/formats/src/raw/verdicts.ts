import {
  boxesAnswer,
  preferenceAnswer,
  rankingAnswer,
  rewriteAnswer,
  spansAnswer,
  stepsAnswer,
  type TaskPayload,
  turnsAnswer,
} from '@groundwork/contract'
import { isRow } from '../container/records.ts'
import type { Verdict } from '../feedback/feedback.ts'

/**
 * What an answer to a question says, by its shape. Of a text only the type of its question tells whether it is an option or somebody's own words; without
 * one it is words.
 * @param asked type of the question, where the line says it
 */
export function verdictsOf(
  id: string,
  value: unknown,
  asked: string | undefined,
  task: Pick<TaskPayload, 'candidates'>,
): Verdict[] {
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'string')
    return asked === 'choice'
      ? [{ type: 'classification', labels: [value] }]
      : value === 'na' || value.trim() === ''
        ? []
        : [{ type: 'text', text: value }]
  if (typeof value === 'number') {
    const [only, other] = task.candidates
    return only && !other ? [rating(only.id, id, value)] : []
  }
  if (Array.isArray(value)) {
    const labels = value.filter((each) => typeof each === 'string')
    return labels.length > 0 ? [{ type: 'classification', labels }] : []
  }
  return isRow(value) ? (structured(value, task) ?? byTarget(id, value, asked, task)) : []
}

const rating = (candidate: string, criterion: string, score: number | null): Verdict => ({
  type: 'rubric',
  candidate,
  scores: { [criterion]: score },
})

/** An answer with a shape of its own; null where it is a record by response or message. */
function structured(value: object, { candidates }: Pick<TaskPayload, 'candidates'>): Verdict[] | null {
  const preference = preferenceAnswer.safeParse(value)
  if (preference.success) {
    const [a = 'a', b = 'b'] = candidates.map(({ id }) => id)
    const { outcome, strength } = preference.data
    return [{ type: 'pairwise', a, b, outcome, strength: strength ?? null }]
  }
  const ranking = rankingAnswer.safeParse(value)
  if (ranking.success) return [{ type: 'ranking', ranks: ranking.data.ranks }]
  const steps = stepsAnswer.safeParse(value)
  if (steps.success) {
    const { candidate, steps: labelled } = steps.data
    return [
      { type: 'steps', candidate, steps: labelled.map(({ text: step, label }) => ({ text: step, label })) },
    ]
  }
  // What somebody wrote is not among the responses of the task.
  const rewrite = rewriteAnswer.safeParse(value)
  if (rewrite.success) return [{ type: 'text', text: rewrite.data.text }]
  const turns = turnsAnswer.safeParse(value)
  if (turns.success)
    return [
      {
        type: 'text',
        text: turns.data.messages.map(({ role, text: said }) => `${role}: ${said}`).join('\n\n'),
      },
    ]
  const spans = spansAnswer.safeParse(value)
  if (spans.success)
    return [...Map.groupBy(spans.data.spans, ({ target }) => target)].map(([target, marked]) => ({
      type: 'spans' as const,
      // A first message of a response is named by the response alone.
      target: target.startsWith('context:') ? target : target.replace(/:0$/, ''),
      spans: marked.map(({ start, end, quote, category, severity }) => ({
        ...{ start, end, quote },
        labels: severity === undefined ? [category] : [category, severity],
      })),
    }))
  const boxes = boxesAnswer.safeParse(value)
  if (boxes.success) return [{ type: 'boxes', boxes: boxes.data.boxes.map(areaOf) }]
  return null
}

/** A polygon counts as the rectangle around it. */
function areaOf(box: ReturnType<typeof boxesAnswer.parse>['boxes'][number]) {
  const { label } = box
  if (box.shape !== 'polygon') return { x: box.x, y: box.y, width: box.width, height: box.height, label }
  const [xs, ys] = [box.points.map(([x]) => x), box.points.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y, label }
}

function byTarget(
  id: string,
  values: Record<string, unknown>,
  asked: string | undefined,
  task: Pick<TaskPayload, 'candidates'>,
): Verdict[] {
  return Object.entries(values).flatMap(([target, value]): Verdict[] => {
    const candidate = task.candidates.find((each) => each.id === target)
    if (candidate && (typeof value === 'number' || value === 'na'))
      return [rating(target, id, value === 'na' ? null : value)]
    const own = candidate ? [candidate] : []
    return verdictsOf(id, value, asked, { candidates: own }).map((verdict) => {
      if (verdict.type === 'classification')
        return { ...verdict, labels: verdict.labels.map((label) => `${target}: ${label}`) }
      return verdict
    })
  })
}
