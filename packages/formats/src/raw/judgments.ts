import { preferenceAnswer } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { vote } from '../content/pair.ts'
import type { Annotation } from '../feedback/feedback.ts'

/**
 * The judgments of a `raw` line as votes, each with the first text that was written beside it. What is no preference, and what the team has set aside,
 * is left out.
 */
export function readJudgments(value: unknown): Annotation[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each): Annotation[] => {
    if (!isRow(each) || !isRow(each.answer) || isSetAside(each)) return []
    const answers = Object.values(each.answer)
    const given = answers.map((one) => preferenceAnswer.safeParse(one)).find((one) => one.success)
    if (!given?.success) return []
    const rationale = answers.find((one) => typeof one === 'string' && one.trim() !== '')
    const { outcome, strength } = given.data
    return [
      {
        by: trainerOf(each),
        ...(typeof rationale === 'string' && { rationale }),
        verdict: vote(outcome, strength),
      },
    ]
  })
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
