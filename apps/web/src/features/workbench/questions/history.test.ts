import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doneAgain, emptyHistory, type History, noted, takenBack } from './history.ts'

type State = { value: number; history: History<number> }
const change = ({ value, history }: State, next: number, tag: string | undefined, now: number): State => ({
  value: next,
  history: noted(history, value, tag, now),
})

test('taking everything back and doing it again ends where it began', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 50 }), (values) => {
      let state: State = { value: 0, history: emptyHistory }
      for (const [index, value] of values.entries()) state = change(state, value, undefined, index)
      const end = state.value
      for (let back = takenBack(state.history, state.value); back; back = takenBack(back.history, back.value))
        state = back
      expect(state.value).toBe(0)
      for (let on = doneAgain(state.history, state.value); on; on = doneAgain(on.history, on.value))
        state = on
      expect(state.value).toBe(end)
    }),
    { seed: 3 },
  )
})

test('changes of one kind in quick succession are one step, and a new change ends what could be done again', () => {
  let state: State = { value: 0, history: emptyHistory }
  state = change(state, 1, 'typing', 10_000)
  state = change(state, 2, 'typing', 10_500)
  state = change(state, 3, 'typing', 13_000)
  expect(state.history.past).toEqual([0, 2])
  const back = takenBack(state.history, state.value)
  expect(back?.value).toBe(2)
  expect(noted(back?.history ?? emptyHistory, 2, 'typing', 13_100).future).toEqual([])
})
