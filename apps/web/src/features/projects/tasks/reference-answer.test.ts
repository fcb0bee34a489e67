import { answerShapes } from '@groundwork/contract'
import { readTasks } from '@groundwork/formats'
import { samples } from '@groundwork/formats/samples'
import { expect, test } from 'vitest'
import { referenceAnswer } from './reference-answer.ts'

async function judgmentsOf(format: keyof typeof samples) {
  async function* bytes() {
    yield new TextEncoder().encode(JSON.stringify(samples[format]))
  }
  const items = await Array.fromAsync(readTasks(bytes(), { format, kinds: 'all' }))
  return items.flatMap((item) =>
    item.kind === 'task' ? item.annotations.map(({ verdict }) => ({ verdict, task: item.task })) : [],
  )
}

const formats = Object.keys(samples) as (keyof typeof samples)[]

test('every judgment of every format can be shown, as an answer of the shape of its question', async () => {
  const kinds = new Set<string>()
  for (const format of formats) {
    for (const { verdict, task } of await judgmentsOf(format)) {
      const said = referenceAnswer(verdict, task)
      if (!said) throw new Error(`${format}: ${verdict.type} cannot be shown`)
      kinds.add(said.kind)
      if (said.kind !== 'answers') continue
      for (const { question, value } of said.answers) {
        if (question.type === 'preference' && typeof value === 'string') continue
        if (question.type === 'steps') continue
        expect(
          answerShapes[question.type].safeParse(value).error,
          `${format} ${verdict.type}`,
        ).toBeUndefined()
      }
    }
  }
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['answers', 'scores', 'thumb', 'model'].sort()))
})

test('responses beyond the first two are named; what is no verdict is nothing', () => {
  const task = { context: [], candidates: [] }
  const pair = { type: 'pairwise', a: 'c', b: 'd', strength: null }
  expect(referenceAnswer({ ...pair, outcome: 'b' }, task)).toEqual({
    kind: 'better',
    better: 'd',
    other: 'c',
  })
  expect(referenceAnswer({ ...pair, outcome: 'both_bad' }, task)).toMatchObject({ kind: 'tied' })
  expect(referenceAnswer({ type: 'horoscope' }, task)).toBeNull()
  expect(referenceAnswer({ type: 'ranking' }, task)).toBeNull()
})
