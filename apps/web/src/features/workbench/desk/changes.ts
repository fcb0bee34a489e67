import { diffWords } from '../../../ui/task/word-diff.ts'

export type ChangePart = { kind: 'same' | 'added' | 'removed'; text: string }

const words = (text: string) => text.match(/\s*\S+/g) ?? []
const isBreak = (word: string) => /^\s*\n\s*\n/.test(word)

/**
 * What changed from one version of a text to the next: the paragraphs in which words were added or removed, in their order, each in
 * pieces. Whitespace alone is no change.
 */
export function changesBetween(before: string, after: string): ChangePart[][] {
  const [old, now] = [words(before), words(after)]
  const bare = (list: string[]) => list.map((word) => word.trim())
  const { onlyA, onlyB } = diffWords(bare(old), bare(now))
  const paragraphs: ChangePart[][] = [[]]
  const add = (kind: ChangePart['kind'], word: string) => {
    if (isBreak(word) && paragraphs.at(-1)?.length) paragraphs.push([])
    const paragraph = paragraphs.at(-1)
    const last = paragraph?.at(-1)
    if (last?.kind === kind) last.text += word
    else paragraph?.push({ kind, text: last ? word : word.trimStart() })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && onlyA[i]) add('removed', old[i++] ?? '')
    else if (j < now.length && onlyB[j]) add('added', now[j++] ?? '')
    else {
      add('same', now[j] ?? '')
      i++
      j++
    }
  }
  return paragraphs.filter((parts) => parts.some(({ kind }) => kind !== 'same'))
}

/** A long stretch that did not change, shortened in its middle. */
export function shortened(text: string, keep = 90): string {
  if (text.length <= keep * 2 + 20) return text
  return `${text.slice(0, keep)} … ${text.slice(-keep)}`
}
