import { form as formSchema, validateAnswer } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { mistakenAnswer, randomAnswer } from './random-answer.ts'

describe.each([...templates.values()].filter(({ tasks }) => tasks.length > 0))('$id', ({ form, tasks }) => {
  test('random answers are complete, whatever the task', () => {
    tasks.forEach(({ task }, index) => {
      for (let seed = 0; seed < 40; seed++) {
        const answer = randomAnswer(form, task, seededRandom(seed * 100 + index), { wild: seed % 2 === 0 })
        expect(validateAnswer(form, answer, task), JSON.stringify(answer)).toEqual([])
      }
    })
  })

  test('a good answer that is kept stays, and a mistaken one is complete', () => {
    for (const { task, answer: good } of tasks) {
      expect(mistakenAnswer(form, task, good, 1, () => 0.99)).toEqual(good)
      const mistaken = mistakenAnswer(form, task, good, 0.5, seededRandom(7))
      expect(validateAnswer(form, mistaken, task)).toEqual([])
    }
  })
})

test('limits and conditions are kept', () => {
  const form = formSchema.parse({
    blocks: [{ type: 'context' }],
    questions: [
      {
        id: 'sure',
        type: 'choice',
        label: 'Sure?',
        options: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      },
      {
        id: 'why',
        type: 'text',
        label: 'Why not?',
        minWords: 3,
        maxWords: 4,
        showIf: { tests: [{ question: 'sure', op: 'is', value: 'no' }] },
      },
      { id: 'talk', type: 'turns', label: 'Talk', min: 3, max: 4, last: 'assistant', minWords: 9 },
    ],
  })
  const task = { context: [], candidates: [] }
  const seen = new Set<unknown>()
  for (let seed = 0; seed < 60; seed++) {
    const answer = randomAnswer(form, task, seededRandom(seed), { wild: true })
    expect(validateAnswer(form, answer, task), JSON.stringify(answer)).toEqual([])
    seen.add(answer.sure)
  }
  expect(seen).toEqual(new Set(['yes', 'no']))
})
