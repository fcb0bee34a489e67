import { expect, test } from 'vitest'
import { plainText } from './plain.ts'

test('a text is read without its marks', () => {
  expect(
    plainText('# Title\n\nSome **bold** and a [link](https://example.org/a) with $x^2$ and `code`.'),
  ).toBe('Title Some bold and a link with x^2 and code.')
  expect(plainText('- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet x\n```')).toBe(
    'one two a b 1 2 let x',
  )
  expect(plainText('![A cat](x.png) sits\\\nthere')).toBe('A cat sits there')
})

test('what looks like a mark and is none stays', () => {
  expect(plainText('2 * 3 * 4 and \\*not bold\\* and <b>no HTML</b> and snake_case_name')).toBe(
    '2 * 3 * 4 and *not bold* and <b>no HTML</b> and snake_case_name',
  )
})

test('invisible characters stay in the text, for whoever shows them', () => {
  expect(plainText('a\u202Eb\u200Bc')).toBe('a\u202Eb\u200Bc')
})

test('a text that is no Markdown to lay out, or very long, is cut as it is written', () => {
  expect(plainText(`${'> '.repeat(200)}deep`, 100)).toBe('> '.repeat(100).slice(0, 100).trimEnd())
  expect(plainText('word '.repeat(100_000), 50)).toBe('word '.repeat(10).trimEnd())
})
