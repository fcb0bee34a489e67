import { textConsensus } from '@groundwork/consensus'
import type { Question } from '@groundwork/contract'
import { byTarget } from './by-target.ts'
import type { Given, Strategy } from './strategy.ts'

/** Of two texts neither is more like the other. */
const FEWEST = 3
/** Longer texts together are not compared: it would take too long between two requests. */
const MOST_CHARACTERS = 40_000

/** Texts have no mean. They are counted, and the one that is most like the others is named. */
export const text: Strategy<Extract<Question, { type: 'text' }>> = {
  measure: null,
  decide: (question, votes) =>
    byTarget<unknown>(question, votes, (given) => ({ ...uncompared(given), ...representativeOf(given) })),
}

/** Rewrites are counted: what they agree on is what they leave, and that says nothing of what they write. */
export const rewrite: Strategy<Extract<Question, { type: 'rewrite' }>> = {
  measure: null,
  decide: (question, votes) => byTarget(question, votes, uncompared),
}

/** Conversations are counted. */
export const turns: Strategy<Extract<Question, { type: 'turns' }>> = {
  measure: null,
  decide: (question, votes) => byTarget(question, votes, uncompared),
}

const uncompared = (given: Given<unknown>[]) => ({
  value: null,
  confidence: null,
  distribution: {},
  answers: given.length,
})

function representativeOf(given: Given<unknown>[]): { representative?: string } {
  const texts = given.filter((each): each is Given<string> => typeof each.value === 'string')
  const characters = texts.reduce((sum, { value }) => sum + value.length, 0)
  if (texts.length < FEWEST || texts.length < given.length || characters > MOST_CHARACTERS) return {}
  const { chosen } = textConsensus(texts.map(({ value }) => value))
  const id = texts[chosen]?.vote.id
  return id === undefined ? {} : { representative: id }
}
