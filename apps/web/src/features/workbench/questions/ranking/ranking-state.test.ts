import { type Form, validateAnswer } from '@groundwork/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  answerOf,
  drop,
  fromRanks,
  giveRank,
  type Order,
  orderOf,
  shift,
  toggleTie,
} from './ranking-state.ts'

const all = ['a', 'b', 'c']
const order = (tiers: string[][], tray: string[] = []): Order => ({ tiers, tray })

test('moves step past ranks, out of ties, and into and out of the tray', () => {
  const start = order([['a'], ['b']], ['c'])
  expect(shift(start, 'b', -1)).toEqual(order([['b'], ['a']], ['c']))
  expect(shift(start, 'a', -1)).toBeUndefined()
  expect(shift(start, 'c', -1)).toEqual(order([['a'], ['b'], ['c']]))
  expect(shift(start, 'b', 1)).toEqual(order([['a']], ['c', 'b']))
  expect(shift(order([['a', 'b'], ['c']]), 'b', 1)).toEqual(order([['a'], ['b'], ['c']]))
  expect(shift(order([['a', 'b'], ['c']]), 'b', -1)).toEqual(order([['b'], ['a'], ['c']]))
})

test('a tie is made with the rank above, and undone', () => {
  const tied = toggleTie(order([['a'], ['b'], ['c']]), 'b')
  expect(tied).toEqual(order([['a', 'b'], ['c']]))
  expect(tied && toggleTie(tied, 'b')).toEqual(order([['a'], ['b'], ['c']]))
  expect(toggleTie(order([['a']], ['b', 'c']), 'a')).toBeUndefined()
  expect(toggleTie(order([['a']], ['b', 'c']), 'c')).toEqual(order([['a', 'c']], ['b']))
})

test('numbers may be given in any order', () => {
  let ranks: Record<string, number> = {}
  for (const [id, rank] of [
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ] as const)
    ranks = giveRank(ranks, id, rank, true)
  expect(fromRanks(ranks, all)).toEqual(order([['c'], ['b'], ['a']]))
  expect(fromRanks(giveRank(ranks, 'b', 1, true), all)).toEqual(order([['b', 'c'], ['a']]))
  expect(fromRanks(giveRank(ranks, 'a', 1, false), all)).toEqual(order([['a'], ['c'], ['b']]))
})

test('whatever is done to a whole order, its answer is whole and valid, and reads back the same', () => {
  const form: Form = {
    blocks: [{ type: 'candidates', layout: 'side_by_side' }],
    questions: [{ id: 'r', type: 'ranking', label: 'Order', required: true, ties: true, partial: true }],
  }
  const task = { context: [], candidates: all.map((id) => ({ id, messages: [] })) }
  const id = fc.constantFrom(...all)
  const act = fc.oneof(
    fc.tuple(id, fc.constantFrom(1 as const, -1 as const)).map(
      ([each, by]) =>
        (now: Order) =>
          shift(now, each, by) ?? now,
    ),
    id.map((each) => (now: Order) => toggleTie(now, each) ?? now),
    fc.tuple(id, fc.nat(3)).map(
      ([each, at]) =>
        (now: Order) =>
          drop(now, each, { kind: 'between', at: Math.min(at, now.tiers.length) }),
    ),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const now = acts.reduce((before, run) => run(before), order([], [...all]))
      expect([...now.tiers.flat(), ...now.tray].sort()).toEqual(all)
      const answer = answerOf(now)
      if (!answer) return
      expect(validateAnswer(form, { r: answer }, task)).toEqual([])
      const back = orderOf(answer, all)
      expect(answerOf(back)?.ranks).toHaveLength(answer.ranks.length)
      expect(back.tiers.map((tier) => tier.length)).toEqual(now.tiers.map((tier) => tier.length))
    }),
    { seed: 5, numRuns: 300 },
  )
})
