import { type TurnsQuestion, turnsAnswer, turnsQuestion } from '@groundwork/contract'
import { checkTurns } from '@groundwork/contract/checks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOf, type Turns, turnsOf, withComposed, without, withPair, written } from './turns-state.ts'

const question = (fields: object): TurnsQuestion =>
  turnsQuestion.parse({ id: 'q', type: 'turns', label: 'Talk', min: 1, ...fields })

const act = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    text: fc.constantFrom('Hi', ' ', '', 'a\u2028b 👋', 'שלום'),
  }),
  fc.record({ kind: fc.constant('add' as const) }),
  fc.record({ kind: fc.constantFrom('edit' as const, 'delete' as const, 'insert' as const), at: fc.nat(20) }),
)

function after(turns: Turns, each: typeof act extends fc.Arbitrary<infer A> ? A : never): Turns {
  if (each.kind === 'write') return written(turns, turns.added, each.text)
  if (each.kind === 'add') return withComposed(turns)
  if (turns.added === 0) return turns
  const at = each.at % turns.added
  if (each.kind === 'edit') return written(turns, at, 'Changed')
  return each.kind === 'delete' ? without(turns, at) : withPair(turns, at)
}

test('whatever is written, added, deleted and inserted: turns alternate and nothing else is lost', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), fc.constantFrom('user', 'assistant'), (acts, first) => {
      const asked = question({ first })
      let turns = turnsOf(undefined)
      for (const each of acts) {
        turns = after(turns, each)
        expect(turns.texts.length - turns.added === 0 || turns.texts.length - turns.added === 1).toBe(true)
        const answer = answerOf(turns, asked.first)
        if (!answer) continue
        expect(turnsAnswer.safeParse(answer).success).toBe(true)
        const codes = checkTurns(asked, answer, 'q').map(({ code }) => code)
        expect(codes.filter((code) => code !== 'empty' && code !== 'too_many')).toEqual([])
        expect(answerOf(turnsOf(answer), asked.first)).toEqual(answer)
      }
    }),
    { seed: 11 },
  )
})

test('a message from the middle goes with the one after it, the last one goes alone', () => {
  const turns: Turns = { texts: ['one', 'two', 'three', 'four', 'being written'], added: 4 }
  expect(without(turns, 1)).toEqual({ texts: ['one', 'four', 'being written'], added: 2 })
  expect(without(turns, 3)).toEqual({ texts: ['one', 'two', 'three'], added: 3 })
  expect(withPair(turns, 2).texts).toEqual(['one', 'two', '', '', 'three', 'four', 'being written'])
})
