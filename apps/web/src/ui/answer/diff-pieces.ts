import { diffWords } from '../task/word-diff.ts'

export type Piece = { kind: 'same' | 'gone' | 'new'; text: string }

/** Two texts as one: what both have, what only the first and what only the second has, in reading order. Joined they give both back. */
export function diffPieces(before: string, after: string): Piece[] {
  const [a, b] = [tokensOf(before), tokensOf(after)]
  const { onlyA, onlyB } = diffWords(a, b)
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && onlyA[i]) add('gone', a[i++] ?? '')
    else if (j < b.length && onlyB[j]) add('new', b[j++] ?? '')
    else {
      add('same', a[i++] ?? '')
      j++
    }
  }
  return pieces
}

/** Words with the white space behind them, so that a changed word does not leave its space behind. */
const tokensOf = (text: string): string[] => text.match(/^\s+|\S+\s*/g) ?? []
