import type { Message } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { earlierTurns, turnsNamedIn } from './turns.ts'

const say = (role: Message['role']): Message => ({ role, parts: [{ type: 'text', text: role }] })
const talk = (count: number, ...before: Message[]) => [
  ...before,
  ...Array.from({ length: count }, (_, index) => say(index % 2 === 0 ? 'user' : 'assistant')),
]

test('of a long conversation all before the last exchange is folded', () => {
  expect(earlierTurns(talk(99))).toEqual({ from: 0, to: 97 })
  // What the instructions say holds for the last answer, too.
  expect(earlierTurns(talk(99, say('system')))).toEqual({ from: 1, to: 98 })
})

test('a few turns stand on their lines', () => {
  expect(earlierTurns(talk(5))).toEqual({ from: 0, to: 0 })
  expect(earlierTurns([])).toEqual({ from: 0, to: 0 })
})

test('an answer names turns by passages in them and by what is said of them', () => {
  const answer = {
    errors: [
      { target: 'context:3', part: 0 },
      { target: 'a:0', part: 0 },
    ],
    claims: { claims: [{ at: { target: 'context:12' } }] },
    tone: { 'context:5': 4, 'a:0': 2 },
    why: 'context:9',
  }
  expect([...turnsNamedIn(answer)].sort((one, other) => one - other)).toEqual([3, 5, 12])
  expect(turnsNamedIn(undefined).size).toBe(0)
})
