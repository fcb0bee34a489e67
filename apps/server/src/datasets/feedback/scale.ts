import { eachOf, type ScaleAnswer, type ScaleQuestion } from '@groundwork/contract'
import { byTarget, decidedByTarget } from './by-target.ts'
import { type Mapping, onlyCandidate, type Piece } from './mapping.ts'

/** A rating of each response, or of the only one; good or bad by itself only where a threshold is given. */
export const scale: Mapping<ScaleQuestion> = {
  gives: (question, { options }) =>
    eachOf(question) === 'message'
      ? []
      : ['rubric', ...(options.goodFrom === null ? [] : ['thumb' as const])],
  pieces: (question, value, { task, options, wants }) => {
    if (eachOf(question) === 'message') return []
    return byTarget(question, value, onlyCandidate(task)).flatMap(({ target, value: given }): Piece[] => {
      const score = given === 'na' ? null : (given as number)
      if (!task.candidates.some(({ id }) => id === target)) return []
      if (wants.has('thumb') && !wants.has('rubric')) {
        if (options.goodFrom === null || score === null) return []
        return [{ verdict: { type: 'thumb', candidate: target, good: score >= options.goodFrom } }]
      }
      return [{ verdict: { type: 'rubric', candidate: target, scores: { [question.id]: score } } }]
    })
  },
  decided: (question, consensus) => decidedByTarget(question, consensus),
  combine: (question, values) => {
    const sums = new Map<string, number[]>()
    for (const value of values) {
      for (const { target, value: given } of byTarget(question, value, '')) {
        if ((given as ScaleAnswer) !== 'na') sums.set(target, [...(sums.get(target) ?? []), given as number])
      }
    }
    const means = [...sums].map(([target, all]) => [
      target,
      all.reduce((sum, each) => sum + each, 0) / all.length,
    ])
    if (means.length === 0) return { value: null, confidence: null }
    const record = Object.fromEntries(means)
    return { value: eachOf(question) === 'task' ? record[''] : record, confidence: null }
  },
}
