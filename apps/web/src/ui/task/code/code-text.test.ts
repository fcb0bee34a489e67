import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePieces, linesOf } from './code-text.ts'
import { diffOf, foldsOf, languageOfFile, sideBySide } from './diff-lines.ts'

const pieces = (source: string) =>
  codePieces(source).map(({ kind, from, to, language }) => [kind, source.slice(from, to), language])

test('a text without fences is a program', () => {
  expect(pieces('let a\nlet b')).toEqual([['code', 'let a\nlet b', '']])
  expect(pieces('')).toEqual([['code', '', '']])
})

test('fences part programs from prose', () => {
  expect(pieces('Here:\n\n```ts\nlet a\n```\nDone.')).toEqual([
    ['prose', 'Here:\n\n', ''],
    ['code', 'let a\n', 'ts'],
    ['prose', 'Done.', ''],
  ])
  expect(pieces('~~~~ py x\r\na\r\n~~~\r\n~~~~')).toEqual([['code', 'a\r\n~~~\r\n', 'py']])
  expect(pieces('```\nnever closed')).toEqual([['code', 'never closed', '']])
})

test('a diff of a text with fences is one program', () => {
  const diff = '--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n ```\n-a\n+b'
  expect(pieces(diff)).toEqual([['code', diff, '']])
})

test('lines are the source without its line ends, whatever these are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '\u2028', '😀'), { maxLength: 20 }),
      (parts) => {
        const source = parts.join('')
        const lines = linesOf(source).map(({ from, to }) => source.slice(from, to))
        const split = source.split(/\r\n|\n|\r/)
        expect(lines).toEqual(split.at(-1) === '' ? split.slice(0, -1) : split)
      },
    ),
    { seed: 8 },
  )
})

const DIFF = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,4 +1,5 @@ function x
 one
-two
-three
+zwei
+drei
+vier
 five
\\ No newline at end of file
--- a/old.py
+++ /dev/null
@@ -7 +6,0 @@
-gone
`

test('a diff has files, hunks and numbers', () => {
  const files = diffOf(DIFF, 0, DIFF.length)
  expect(files?.map(({ name }) => name)).toEqual(['src/a.ts', 'old.py'])
  const lines = files?.[0]?.hunks[0]?.lines ?? []
  expect(lines.map((line) => [line.kind, line.old, line.new, DIFF.slice(line.textFrom, line.to)])).toEqual([
    ['same', 1, 1, 'one'],
    ['removed', 2, undefined, 'two'],
    ['removed', 3, undefined, 'three'],
    ['added', undefined, 2, 'zwei'],
    ['added', undefined, 3, 'drei'],
    ['added', undefined, 4, 'vier'],
    ['same', 4, 5, 'five'],
    ['note', undefined, undefined, '\\ No newline at end of file'],
  ])
  expect(lines.map(({ from, to }) => DIFF.slice(from, to))[1]).toBe('-two')
  expect(files?.[1]?.hunks[0]?.lines.map(({ old }) => old)).toEqual([7])
  expect(diffOf('just text', 0, 9)).toBe(null)
})

test('removed lines stand beside those that took their place', () => {
  const lines = diffOf(DIFF, 0, DIFF.length)?.[0]?.hunks[0]?.lines ?? []
  const text = (line: { textFrom: number; to: number } | undefined) =>
    line && DIFF.slice(line.textFrom, line.to)
  expect(sideBySide(lines).map(({ left, right }) => [text(left), text(right)])).toEqual([
    ['one', 'one'],
    ['two', 'zwei'],
    ['three', 'drei'],
    [undefined, 'vier'],
    ['five', 'five'],
    ['\\ No newline at end of file', '\\ No newline at end of file'],
  ])
})

test('long runs of unchanged lines are folded, a few around each change are not', () => {
  const same = (count: number) => Array.from({ length: count }, () => ({ kind: 'same' }))
  const changed = { kind: 'added' }
  expect(foldsOf([...same(10), changed, ...same(20), changed, ...same(4)])).toEqual([
    { from: 0, to: 7 },
    { from: 14, to: 28 },
  ])
  expect(foldsOf(same(50))).toEqual([])
})

test.each([
  ['src/a.ts', 'ts'],
  ['b/x.hpp', 'cpp'],
  ['Dockerfile', 'dockerfile'],
  ['README', ''],
])('%s is written in %s', (name, language) => expect(languageOfFile(name)).toBe(language))
