import type { TaskPayload } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import type { Annotation, Verdict } from '../feedback/feedback.ts'
import { verdictsOf } from './verdicts.ts'

/**
 * The judgments of a `raw` line, each answer as what it says: votes, orders, ratings, steps, passages, boxes, labels and texts. The first text that was written
 * beside an answer of another kind is its reason. What the team has set aside, and claims with their sources, are left out.
 * @param questions the types of the form's questions by their ids, where the line has them
 */
export function readJudgments(value: unknown, questions: unknown, task: TaskPayload): Annotation[] {
  if (!Array.isArray(value)) return []
  const types = isRow(questions) ? questions : {}
  return value.flatMap((each): Annotation[] => {
    if (!isRow(each) || !isRow(each.answer) || isSetAside(each)) return []
    const by = trainerOf(each)
    const said = Object.entries(each.answer).flatMap(([id, given]) => {
      const type = types[id]
      return verdictsOf(id, given, typeof type === 'string' ? type : undefined, task)
    })
    const own = mergeRatings(said.filter((verdict) => verdict.type !== 'text'))
    const texts = said.filter((verdict) => verdict.type === 'text')
    const reason = own.length > 0 ? texts.shift()?.text : undefined
    return [...own, ...texts].map((verdict, index) => ({
      by,
      ...(index === 0 && reason !== undefined && { rationale: reason }),
      verdict,
    }))
  })
}

/** Ratings of one response by several questions are one rating by several criteria. */
function mergeRatings(verdicts: Verdict[]): Verdict[] {
  const merged: Verdict[] = []
  for (const verdict of verdicts) {
    const known = merged.findIndex(
      (each) => each.type === 'rubric' && verdict.type === 'rubric' && each.candidate === verdict.candidate,
    )
    const one = merged[known]
    if (one?.type === 'rubric' && verdict.type === 'rubric')
      merged[known] = { ...one, scores: { ...one.scores, ...verdict.scores } }
    else merged.push(verdict)
  }
  return merged
}

const isSetAside = ({ flags }: Row): boolean =>
  Array.isArray(flags) &&
  flags.some((flag) => isRow(flag) && (flag.state === 'open' || flag.state === 'excluded'))

function trainerOf(judgment: Row): string {
  const { trainer } = judgment
  if (typeof trainer === 'string') return trainer
  if (isRow(trainer))
    for (const key of ['id', 'name']) if (typeof trainer[key] === 'string') return trainer[key]
  return 'trainer'
}
