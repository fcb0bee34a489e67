import { eachOf, type StepsAnswer, type StepsQuestion } from '@groundwork/contract'
import { byTarget, decidedByTarget } from './by-target.ts'
import { type Mapping, plurality } from './mapping.ts'

type Steps = StepsAnswer['steps']

/** Judged steps of a response. What follows the last judged one (after a first error) is left away. */
export const steps: Mapping<StepsQuestion> = {
  gives: () => ['steps'],
  pieces: (question, value) =>
    byTarget(question, value, '').map(({ value: given }) => {
      const { candidate, steps: all } = given as StepsAnswer
      const judged = all.slice(0, all.findLastIndex(({ label }) => label !== null) + 1)
      return {
        verdict: {
          type: 'steps',
          candidate,
          steps: judged.map(({ text, label }) => ({ text, label })),
        },
      }
    }),
  decided: (question, consensus) => decidedByTarget(question, consensus),
  combine: (question, values) => {
    const all = values.flatMap((value) =>
      byTarget(question, value, '').map((each) => each.value as StepsAnswer),
    )
    const combined = [...Map.groupBy(all, ({ candidate }) => candidate)].map(([candidate, given]) => ({
      candidate,
      ...majorityOf(given.map((each) => each.steps)),
    }))
    if (combined.length === 0) return { value: null, confidence: null }
    const confidence = Math.min(...combined.map((each) => each.share))
    const answers = combined.map(({ candidate, steps: labelled }) => ({ candidate, steps: labelled }))
    if (eachOf(question) === 'task') return { value: answers[0] ?? null, confidence }
    return { value: Object.fromEntries(answers.map((each) => [each.candidate, each])), confidence }
  },
  classOf: (question, value) =>
    byTarget(question, value, '')
      .map(({ value: given }) => (given as StepsAnswer).steps.map(({ label }) => label).join())
      .join(';'),
}

/** The most frequent label of each step, null where two are as frequent; and the smallest share that decided one. */
function majorityOf(given: Steps[]): { steps: Steps; share: number } {
  let share = 1
  const decided = (given[0] ?? []).map(({ text }, index) => {
    const labels = given.flatMap((each) => {
      const label = each[index]?.label
      return label === null || label === undefined ? [] : [label]
    })
    const most = plurality(labels, String)
    if (most) share = Math.min(share, most.share)
    return { text, label: most?.value ?? null }
  })
  return { steps: decided, share }
}
