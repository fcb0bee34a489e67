import { joinRanges, setMarks, wordsIn } from './marks.ts'
import { diffWords } from './word-diff.ts'

/**
 * Marks the words that only one of two texts has; of more texts, the words of each that the one they are compared with does not have.
 * Again whenever a text is drawn anew (code gets its colours late). @returns how to take the marks away
 */
export function markDiff(base: HTMLElement, compared: readonly HTMLElement[]): () => void {
  const mark = () => {
    const first = wordsIn(base)
    const others = compared.map(wordsIn)
    const wordsOf = (words: typeof first) => words.map(({ text }) => text)
    setMarks(
      'word-diff',
      others.flatMap((other) => {
        const { onlyA, onlyB } = diffWords(wordsOf(first), wordsOf(other))
        return [...(others.length === 1 ? joinRanges(first, onlyA) : []), ...joinRanges(other, onlyB)]
      }),
    )
  }
  mark()
  const observer = new MutationObserver(mark)
  for (const body of [base, ...compared]) observer.observe(body, { childList: true, subtree: true })
  return () => {
    observer.disconnect()
    setMarks('word-diff', [])
  }
}
