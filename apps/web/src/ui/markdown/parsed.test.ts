import { expect, test } from 'vitest'
import { parsedMarkdown, parseFirst } from './parsed.ts'

test('a text is parsed once', () => {
  expect(parsedMarkdown('*once*')).toBe(parsedMarkdown('*once*'))
  expect(parseFirst('*at once*')).toBeUndefined()
})

test('a long text is waited for, and parsed here where there is no other thread', async () => {
  const text = 'Water boils. '.repeat(2_000)
  await parseFirst(text)
  expect(parsedMarkdown(text)?.children).toHaveLength(1)
})
