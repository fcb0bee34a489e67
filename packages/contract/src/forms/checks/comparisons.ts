import type { PreferenceAnswer, PreferenceQuestion } from '../questions/preference.ts'
import type { RankingAnswer, RankingQuestion } from '../questions/ranking.ts'
import { type Check, issue, ofEach } from './issues.ts'

export const checkPreference: Check<PreferenceQuestion, PreferenceAnswer> = (question, value, path) => {
  const { axes: judged = {}, ...overall } = value
  const axes = question.axes ?? []
  return [
    ...checkGraded(question, overall, path),
    ...axes.flatMap(({ id, label }) => {
      const graded = judged[id]
      if (graded) return checkGraded(question, graded, `${path}.axes.${id}`)
      return question.required
        ? [issue(`${path}.axes.${id}`, 'required', `"${label}" is not answered yet.`)]
        : []
    }),
    ...Object.keys(judged)
      .filter((id) => !axes.some((axis) => axis.id === id))
      .map((id) => issue(`${path}.axes.${id}`, 'unknown_axis', 'The question has no such axis.')),
  ]
}

/** Says what is wrong between outcome and strength. */
function checkGraded(
  question: PreferenceQuestion,
  { outcome, strength }: Pick<PreferenceAnswer, 'outcome' | 'strength'>,
  path: string,
) {
  const sign = outcome === 'a' ? -1 : outcome === 'b' ? 1 : 0
  if (Math.sign(strength) !== sign) {
    const wanted = sign === 0 ? '0' : sign < 0 ? '-3 to -1' : '1 to 3'
    return [
      issue(`${path}.strength`, 'strength_mismatch', `Outcome "${outcome}" needs a strength of ${wanted}.`),
    ]
  }
  if (sign === 0 && !question.ties.some((tie) => tie === outcome)) {
    return [issue(`${path}.outcome`, 'outcome_not_offered', `This form does not offer "${outcome}".`)]
  }
  return []
}

export const checkRanking: Check<RankingQuestion, RankingAnswer> = (question, { ranks }, path, task) => {
  const seen = new Set<string>()
  const used = new Set(ranks.map(({ rank }) => rank))
  const highest = Math.max(...used)
  const missing = task?.candidates.filter(({ id }) => !ranks.some(({ candidate }) => candidate === id)) ?? []
  return [
    ...ofEach(ranks, `${path}.ranks`, ({ candidate }, at) => {
      const twice = seen.has(candidate)
      seen.add(candidate)
      if (twice) return [issue(at, 'ranked_twice', `"${candidate}" is ranked twice.`)]
      const known = !task || task.candidates.some(({ id }) => id === candidate)
      return known ? [] : [issue(at, 'unknown_candidate', `The task has no response "${candidate}".`)]
    }),
    ...(used.size === highest
      ? []
      : [issue(`${path}.ranks`, 'gap_in_ranks', 'Ranks count from 1 without gaps, such as 1, 2, 2, 3.')]),
    ...(question.ties || used.size === ranks.length
      ? []
      : [issue(`${path}.ranks`, 'tie_not_offered', 'Each response needs a rank of its own.')]),
    ...(question.partial || missing.length === 0
      ? []
      : [issue(`${path}.ranks`, 'not_all_ranked', `${missing.length} responses have no rank yet.`)]),
  ]
}
