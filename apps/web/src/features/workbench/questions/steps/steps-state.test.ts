import { type StepsQuestion, stepsAnswer, stepsQuestion, textMessage } from '@groundwork/contract'
import { checkSteps, stepsOf } from '@groundwork/contract/checks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOf, type Given, givenOf, lastAsked, nextOpen, progressOf } from './steps-state.ts'

const candidate = {
  id: 'a',
  messages: [textMessage('assistant', 'One\r\n\r\nTwo 👍\n\nThree\u2028still\n\nFour')],
}
const steps = stepsOf(candidate, 'paragraphs')
const question = (fields: object): StepsQuestion =>
  stepsQuestion.parse({ id: 'q', type: 'steps', label: 'Steps', ...fields })

const given = fc.array(
  fc.record({
    label: fc.constantFrom(1, 0, -1, null),
    better: fc.constantFrom('', ' ', 'so much\r\nbetter'),
    comment: fc.constantFrom('', 'why'),
  }),
  { minLength: steps.length, maxLength: steps.length },
) as fc.Arbitrary<Given[]>
const questions = fc
  .record({ mode: fc.constantFrom('all', 'first_error'), better: fc.constantFrom('none', 'optional') })
  .map(question)

test('whatever is given makes an answer that the contract takes, or says what is still open', () => {
  fc.assert(
    fc.property(questions, given, (asked, all) => {
      const answer = answerOf(asked, 'a', steps, all)
      if (!answer) return
      expect(stepsAnswer.safeParse(answer).success).toBe(true)
      const issues = checkSteps(asked, answer, 'q', { context: [], candidates: [candidate] })
      const { done, count } = progressOf(all, asked.mode)
      expect(issues.map(({ code }) => code)).toEqual(done < count ? ['steps_open'] : [])
      expect(nextOpen(all, asked.mode, 0) === null).toBe(done === count)
      // What the answer says is what the editor shows when it is opened again.
      expect(answerOf(asked, 'a', steps, givenOf(answer, 'a', steps))).toEqual(answer)
    }),
    { seed: 5 },
  )
})

test('labels after the first error are left out, and there again when it is none', () => {
  const first = question({ mode: 'first_error' })
  const label = (value: 1 | -1): Given => ({ label: value, better: '', comment: '' })
  const all = [label(1), label(-1), label(1), label(1)]
  expect(lastAsked(all, 'first_error')).toBe(1)
  expect(answerOf(first, 'a', steps, all)?.steps.map((step) => step.label)).toEqual([1, -1, null, null])
  all[1] = label(1)
  expect(answerOf(first, 'a', steps, all)?.steps.map((step) => step.label)).toEqual([1, 1, 1, 1])
})

test('an answer about other steps counts for nothing', () => {
  expect(givenOf({ candidate: 'a', steps: [{ text: 'Other', label: 1 }] }, 'a', steps)[0]?.label).toBeNull()
  expect(givenOf({ half: 'finished' }, 'a', steps)).toHaveLength(4)
})
