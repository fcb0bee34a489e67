import { expect, test } from 'vitest'
import { parseMarkdown } from './parse.ts'
import { piecesOf } from './pieces.ts'

const pieces = (markdown: string) => {
  const root = parseMarkdown(markdown)
  if (!root) throw new Error('It is no tree.')
  return { pieces: piecesOf(root), blocks: root.children.length }
}

test('a text of usual length is drawn at once', () => {
  expect(pieces('One.\n\nTwo with $x$.')).toEqual({ pieces: [{ from: 0, to: 2 }], blocks: 2 })
  expect(pieces('').pieces).toEqual([{ from: 0, to: 0 }])
})

test('a long one, and one of many formulas, is drawn piece by piece, with nothing twice and nothing left out', () => {
  for (const paragraph of ['Word after word. '.repeat(20), 'If $a$ then $b$, and so $c$.']) {
    const { pieces: found, blocks } = pieces(Array(150).fill(paragraph).join('\n\n'))
    expect(found.length).toBeGreaterThan(3)
    expect(found[0]?.from).toBe(0)
    expect(found.at(-1)?.to).toBe(blocks)
    for (const [index, piece] of found.entries()) {
      expect(piece.to).toBeGreaterThan(piece.from)
      if (index > 0) expect(piece.from).toBe(found[index - 1]?.to)
    }
  }
})
