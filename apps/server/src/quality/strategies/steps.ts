import { stepConsensus } from '@groundwork/consensus'
import type { StepsAnswer, StepsQuestion } from '@groundwork/contract'
import { byTarget, countsOf } from './by-target.ts'
import type { Strategy } from './strategy.ts'

const LABELS = ['1', '0', '-1']
const GOOD = ['1', '0']

/** The label of each step by the votes of those who judged it, and the first that is wrong. */
export const steps: Strategy<StepsQuestion> = {
  measure: 'alpha_nominal',
  decide: (question, votes) =>
    byTarget<StepsAnswer>(question, votes, (given) => {
      const [first] = given
      if (!first) return undefined
      const rows = given.flatMap(({ vote, value }) =>
        value.steps.flatMap(({ label }, step) =>
          label === null ? [] : [{ worker: vote.trainerId, task: 'one', step, label: String(label) }],
        ),
      )
      if (rows.length === 0) return undefined
      const [found] = stepConsensus(rows, { method: 'majority', classes: LABELS, good: GOOD }).tasks
      const decided = new Map(found?.steps.map((each) => [each.step, each]))
      const wrong = Object.entries(countsOf(given.map(({ value }) => firstError(value))))
      return {
        value: {
          candidate: first.value.candidate,
          steps: first.value.steps.map(({ text }, index) => {
            const step = decided.get(index)
            return { text, label: step ? Number(step.label) : null, support: step?.confidence ?? null }
          }),
          firstError: found && found.firstError >= 0 ? found.firstError : null,
        },
        confidence: Math.min(...(found?.steps ?? []).map(({ confidence }) => confidence)),
        distribution: Object.fromEntries(wrong.map(([step, count]) => [step, count / given.length])),
        answers: given.length,
        votes: countsOf(rows.map(({ step, label }) => `${step}:${label}`)),
      }
    }),
  matches: (_, value, known) => {
    const said = (value as { firstError: number | null }).firstError
    return (said === null ? 'none' : String(said)) === firstError(known as StepsAnswer)
  },
}

/** The index of the first step that is wrong, or `none`. */
function firstError({ steps: judged }: StepsAnswer): string {
  const index = judged.findIndex(({ label }) => label === -1)
  return index < 0 ? 'none' : String(index)
}
