import { type ChoiceQuestion, eachOf, type MultichoiceQuestion } from '@groundwork/contract'
import { byTarget, decidedByTarget } from './by-target.ts'
import { type Mapping, onlyCandidate, type Piece, plurality } from './mapping.ts'

/** One option. Good or bad only where the export names the options that mean good. */
export const choice: Mapping<ChoiceQuestion> = {
  gives: (question, { options }) => [
    'classification',
    ...(saysGood(question, options.goodOptions) && eachOf(question) !== 'message' ? ['thumb' as const] : []),
  ],
  pieces: (question, value, { task, options, wants }) => {
    if (wants.has('thumb')) {
      if (!saysGood(question, options.goodOptions)) return []
      return byTarget(question, value, onlyCandidate(task)).map(({ target, value: given }) => ({
        verdict: {
          type: 'thumb',
          candidate: target,
          good: options.goodOptions.includes(given as string),
        },
      }))
    }
    return byTarget(question, value, '').map(({ target, value: given }) => labels(target, [given as string]))
  },
  decided: (question, consensus) => decidedByTarget(question, consensus),
  combine: (question, values) => {
    const all = values.flatMap((value) => byTarget(question, value, ''))
    const decided = [...Map.groupBy(all, ({ target }) => target)].flatMap(([target, given]) => {
      const most = plurality(given, (each) => String(each.value))
      return most ? [{ target, value: most.value.value, share: most.share }] : []
    })
    if (decided.length === 0) return { value: null, confidence: null }
    const record = Object.fromEntries(decided.map(({ target, value }) => [target, value]))
    return {
      value: eachOf(question) === 'task' ? record[''] : record,
      confidence: Math.min(...decided.map(({ share }) => share)),
    }
  },
}

/** Any number of options: those that more than half of the people chose. */
export const multichoice: Mapping<MultichoiceQuestion> = {
  gives: () => ['classification'],
  pieces: (question, value) =>
    byTarget(question, value, '').map(({ target, value: given }) => labels(target, given as string[])),
  decided: (question, consensus) => decidedByTarget(question, consensus),
  combine: (question, values) => {
    const all = values.flatMap((value) => byTarget(question, value, ''))
    const chosen = [...Map.groupBy(all, ({ target }) => target)].map(([target, given]) => {
      const counts = Map.groupBy(
        given.flatMap((each) => each.value as string[]),
        (each) => each,
      )
      return [
        target,
        [...counts].filter(([, votes]) => votes.length * 2 > given.length).map(([name]) => name),
      ]
    })
    if (chosen.length === 0) return { value: null, confidence: null }
    const record = Object.fromEntries(chosen)
    return { value: eachOf(question) === 'task' ? record[''] : record, confidence: null }
  },
  classOf: (_, value) => JSON.stringify(Array.isArray(value) ? value.toSorted() : value),
}

const saysGood = (question: ChoiceQuestion, good: readonly string[]) =>
  question.options.some(({ value }) => good.includes(value))

const labels = (target: string, values: string[]): Piece => ({
  verdict: {
    type: 'classification',
    labels: target === '' ? values : values.map((each) => `${target}: ${each}`),
  },
})
