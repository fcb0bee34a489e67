import { expect, test } from 'vitest'
import { readAhead } from './read-ahead.ts'

async function* numbers(count: number) {
  for (let at = 0; at < count; at++) yield at
}

test('results come in order, and no more is under way than allowed', async () => {
  let under = 0
  let peak = 0
  const work = (at: number) => {
    if (at % 3 === 0) return at
    peak = Math.max(peak, ++under)
    return new Promise<number>((resolve) => {
      setImmediate(() => {
        under--
        resolve(at)
      })
    })
  }
  const all = await Array.fromAsync(readAhead(numbers(50), 4, work))
  expect(all).toEqual(Array.from({ length: 50 }, (_, at) => at))
  expect(peak).toBeGreaterThan(1)
  expect(peak).toBeLessThanOrEqual(4)
})

test('an error comes at its place, and later ones are nobody’s', async () => {
  const seen: number[] = []
  const work = async (at: number) => {
    if (at >= 3) throw new Error(`broke at ${at}`)
    return at
  }
  const read = async () => {
    for await (const each of readAhead(numbers(10), 4, work)) seen.push(each)
  }
  await expect(read()).rejects.toThrow('broke at 3')
  expect(seen).toEqual([0, 1, 2])
})
