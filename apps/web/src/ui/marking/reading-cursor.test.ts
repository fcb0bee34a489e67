import { expect, test } from 'vitest'
import { parseMarkdown } from '../markdown/parse.ts'
import { sourceRuns } from '../markdown/source-runs.ts'
import { overlaps } from './paint.ts'
import { wholeLines } from './passage.ts'
import { cursorFrom, moved, type ReadingCursor, type Step, selectedOf, toEdge } from './reading-cursor.ts'
import { TextMap } from './text-map.ts'

const mapOf = (source: string) => new TextMap(sourceRuns(source, parseMarkdown(source)))
const read = (map: TextMap, cursor: ReadingCursor) => {
  const { from, to } = selectedOf(cursor)
  return map.text.slice(from, to)
}
/** Goes over a text and says what is read after every step. */
function walk(source: string, steps: [1 | -1, Step, boolean?][]): string[] {
  const map = mapOf(source)
  let cursor = cursorFrom(map, 0)
  if (!cursor) return []
  const said = [read(map, cursor)]
  for (const [by, step, extend = false] of steps) {
    cursor = moved(map, cursor, by, step, extend)
    said.push(read(map, cursor))
  }
  return said
}

test('goes by words over the borders of blocks, and stays at the ends', () => {
  const onward = Array.from({ length: 7 }, () => [1, 'word'] as [1, 'word'])
  expect(walk('# One\n\n- two *three*\n- `four()`', onward)).toEqual([
    'One',
    'two',
    'three',
    'four',
    '(',
    ')',
    ')',
    ')',
  ])
  expect(walk('one two', [[-1, 'word']])).toEqual(['one', 'one'])
})

test('a selection grows by words and characters and shrinks again', () => {
  expect(
    walk('one two three', [
      [1, 'word', true],
      [1, 'character', true],
      [1, 'character', true],
      [-1, 'character', true],
      [-1, 'word', true],
      [-1, 'word', true],
    ]),
  ).toEqual(['one', 'one two', 'one two t', 'one two th', 'one two t', 'one two', 'one'])
})

test('goes by sentences, and to both ends of a line', () => {
  expect(
    walk('It boils. It **freezes**. Done', [
      [1, 'sentence'],
      [1, 'sentence'],
      [-1, 'sentence'],
    ]),
  ).toEqual(['It', 'It freezes.', 'Done', 'It freezes.'])
  const map = mapOf('first line here\n\nsecond')
  const cursor = cursorFrom(map, 7)
  expect(cursor && read(map, toEdge(map, cursor, 1, true))).toBe('line here')
  expect(cursor && read(map, toEdge(map, cursor, -1, false))).toBe('first')
})

test('pictures of several characters and formulas are read as one', () => {
  expect(
    walk('a 👨‍👩‍👧 $x^2 + y$ b', [
      [1, 'word'],
      [1, 'word'],
      [1, 'word'],
    ]),
  ).toEqual(['a', '👨‍👩‍👧', 'x^2 + y', 'b'])
})

test('a text without words has no cursor', () => {
  expect(cursorFrom(mapOf(' \n\n '), 0)).toBe(null)
})

test('whole lines are without their ends', () => {
  const source = 'one\ntwo\r\nthree'
  expect(wholeLines(source, { from: 5, to: 6 })).toEqual({ from: 4, to: 7 })
  expect(wholeLines(source, { from: 0, to: 5 })).toEqual({ from: 0, to: 7 })
  expect(wholeLines(source, { from: 10, to: 12 })).toEqual({ from: 9, to: 14 })
})

test('says where marks lie over each other', () => {
  expect(overlaps([])).toEqual([])
  expect(
    overlaps([
      { from: 0, to: 5 },
      { from: 5, to: 8 },
    ]),
  ).toEqual([])
  expect(
    overlaps([
      { from: 0, to: 5 },
      { from: 3, to: 8 },
      { from: 4, to: 6 },
    ]),
  ).toEqual([{ from: 3, to: 6 }])
})
