import { type ChoiceQuestion, eachOf } from '@groundwork/contract'
import { shares } from '../quick-level.ts'
import { byTarget, countsOf, keyOf } from './by-target.ts'
import { mostProbable, recordOf } from './preference.ts'
import { type ClassQuestion, classOf, type Strategy } from './strategy.ts'

const classesOf = ({ options }: ChoiceQuestion) => options.map(({ value }) => value)

/** One option. Asked of the task it is inferred over the whole project; of candidates or messages the votes decide. */
export const choice: Strategy<ChoiceQuestion> = {
  measure: 'alpha_nominal',
  classes: (question) =>
    eachOf(question) === 'task'
      ? [{ id: question.id, classes: classesOf(question), path: [question.id] }]
      : [],
  decide: (question, votes, { taskId, judge }) =>
    byTarget<string>(question, votes, (given, target) => {
      const part: ClassQuestion = {
        id: keyOf(question, target),
        classes: classesOf(question),
        path: target === '' ? [question.id] : [question.id, target],
      }
      const answered = given.map(({ vote }) => vote).filter((vote) => classOf(part, vote) !== undefined)
      if (answered.length === 0) return undefined
      const distribution = target === '' ? judge(part, taskId, answered) : shares(part, answered)
      const said = answered.map((vote) => classOf(part, vote) ?? '')
      const { best, highest } = mostProbable(distribution, said)
      return {
        value: best.length === 1 ? (best[0] ?? null) : null,
        confidence: highest,
        distribution: recordOf(distribution),
        answers: answered.length,
        votes: countsOf(said),
      }
    }),
  matches: (_, value, known) => value === known,
}
