import { type Answer, eachOf, isUnanswered, type Question, type TaskPayload } from '@groundwork/contract'
import { canonicalJson, type RowAbout } from '@groundwork/formats'
import { byTarget } from './by-target.ts'
import { type MappingContext, onlyCandidate } from './mapping.ts'
import type { Plan } from './registry.ts'

/** The fields of formats that show all responses of a task, up to their number. */
const fields: Partial<Record<Plan['format'], string>> = { argilla: 'response', 'label-studio': 'answer' }

/**
 * What one answer says about a row, in the row's own terms: the name of the column that it prefers (`chosen`, `rejected`) or a kind of tie; for a single response
 * `true` or `false`, as its label; for steps the list of their labels. Undefined where it says nothing about it, and for what somebody wrote, which is no vote.
 */
export function ballotOf(
  plan: Plan,
  answer: Answer,
  context: MappingContext,
  about?: RowAbout,
): string | undefined {
  const { decider } = plan
  if (!decider || isUnanswered(answer[decider.question.id])) return undefined
  const { question } = decider
  const columns = about ?? columnsOf(plan, context.task)
  const [first, second, ...others] = Object.entries(columns)
  if (first && second && others.length === 0) {
    const [column, one] = first
    const [other, two] = second
    const outcome = outcomeBetween(plan, answer, context, one, two)
    return outcome === 'a' ? column : outcome === 'b' ? other : outcome
  }
  if (about && first && !second) return onOne(plan, question, answer[question.id], context, first[1])
  return named(question, answer[question.id], columns)
}

/** In formats that show all responses. */
function columnsOf({ format }: Plan, { candidates }: TaskPayload): RowAbout {
  const name = fields[format]
  return name === undefined
    ? {}
    : Object.fromEntries(candidates.map(({ id }, index) => [`${name}${index + 1}`, id]))
}

type Outcome = 'a' | 'b' | 'tie' | 'both_good' | 'both_bad'
const lower = (one: number, two: number): Outcome => (one < two ? 'a' : one > two ? 'b' : 'tie')

/** `a`: the first of the two is better. */
function outcomeBetween(
  plan: Plan,
  answer: Answer,
  { task, axis }: MappingContext,
  one: string,
  two: string,
): Outcome | undefined {
  const question = plan.decider?.question
  const value = question && answer[question.id]
  if (question?.type === 'preference') {
    const given = value as { outcome: Outcome; axes?: Record<string, { outcome: Outcome }> }
    const outcome = axis === undefined ? given.outcome : given.axes?.[axis]?.outcome
    if (outcome !== 'a' && outcome !== 'b') return outcome
    const preferred = task.candidates[outcome === 'a' ? 0 : 1]?.id
    return preferred === one ? 'a' : preferred === two ? 'b' : undefined
  }
  if (question?.type === 'ranking') {
    const { ranks } = value as { ranks: { candidate: string; rank: number }[] }
    const rankOf = (id: string) => ranks.find(({ candidate }) => candidate === id)?.rank
    const [first, second] = [rankOf(one), rankOf(two)]
    return first === undefined || second === undefined ? undefined : lower(first, second)
  }
  if (question?.type !== 'scale') return undefined
  const [first, second] = [one, two].map((id) => meanRating(plan, answer, task, id))
  return first === undefined || second === undefined ? undefined : lower(second, first)
}

function meanRating(plan: Plan, answer: Answer, task: TaskPayload, id: string): number | undefined {
  const questions = plan.ratings.length > 0 ? plan.ratings : plan.decider ? [plan.decider.question] : []
  const given = questions.flatMap((question) =>
    byTarget(question, answer[question.id], onlyCandidate(task))
      .filter(({ target, value }) => target === id && typeof value === 'number')
      .map(({ value }) => value as number),
  )
  return given.length === 0 ? undefined : given.reduce((sum, each) => sum + each, 0) / given.length
}

function onOne(
  { options }: Plan,
  question: Question,
  value: unknown,
  { task, axis }: MappingContext,
  id: string,
): string | undefined {
  if (question.type === 'preference') {
    const given = value as { outcome: Outcome; axes?: Record<string, { outcome: Outcome }> }
    const outcome = axis === undefined ? given.outcome : given.axes?.[axis]?.outcome
    if (outcome === 'both_good' || outcome === 'both_bad') return String(outcome === 'both_good')
    if (outcome !== 'a' && outcome !== 'b') return outcome
    return String(task.candidates[outcome === 'a' ? 0 : 1]?.id === id)
  }
  const target = eachOf(question) === 'task' && question.type === 'steps' ? id : onlyCandidate(task)
  const [given] = byTarget(question, value, target).filter((each) => each.target === id)
  if (!given) return undefined
  if (question.type === 'choice') return String(options.goodOptions.includes(String(given.value)))
  if (question.type === 'scale')
    return typeof given.value === 'number' ? String(given.value >= (options.goodFrom ?? 0)) : undefined
  if (question.type !== 'steps') return undefined
  const { candidate, steps } = given.value as { candidate: string; steps: { label: number | null }[] }
  // As the labels of a row: neutral is not right.
  return candidate === id
    ? JSON.stringify(steps.flatMap(({ label }) => (label === null ? [] : label === 1)))
    : undefined
}

/** Of a format that shows everything: an order or ratings by the names of its fields. */
function named(question: Question, value: unknown, about: RowAbout): string | undefined {
  const names = new Map(Object.entries(about).map(([name, id]) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? id
  switch (question.type) {
    case 'ranking':
      return (value as { ranks: { candidate: string; rank: number }[] }).ranks
        .map(({ candidate, rank }) => `${nameOf(candidate)}=${rank}`)
        .sort()
        .join()
    case 'rewrite':
    case 'text':
    case 'turns':
      return undefined
    default:
      if (typeof value === 'string') return value
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? canonicalJson(Object.fromEntries(Object.entries(value).map(([id, each]) => [nameOf(id), each])))
        : canonicalJson(value)
  }
}
