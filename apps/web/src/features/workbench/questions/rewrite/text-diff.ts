import { diffWords } from '../../../../ui/task/word-diff.ts'

/** A passage that differs: what stood there, and what stands there now, from the unit `at` of the new text on. */
export type Change = { at: number; removed: string; added: string }

/** A piece of the text as it is shown: unchanged, or the change of this index. */
export type Piece = { same: string } | { change: number }

export type TextDiff = {
  /** The whole text in order, in blocks of a few lines that can be drawn and kept apart from each other. */
  blocks: Piece[][]
  changes: Change[]
  /** Words of the new text, and how many of them were added and how many of the old were removed. */
  words: number
  added: number
  removed: number
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Fewest characters of a block; a block ends with a line. */
const BLOCK = 1_500

/** What was changed, word by word. Changes with nothing but blanks between them are one. */
export function diffTexts(original: string, text: string): TextDiff {
  const [old, now] = [tokensOf(original), tokensOf(text)]
  const { onlyA, onlyB } = diffWords(old.texts, now.texts)
  joinRuns(old.texts, onlyA)
  joinRuns(now.texts, onlyB)
  const changes: Change[] = []
  const pieces: Piece[] = []
  let [i, j, at] = [0, 0, 0]
  let [added, removed] = [0, 0]
  let blanks = ''
  const same = (token: string) => {
    const last = pieces.at(-1)
    if (last && 'same' in last) last.same += token
    else pieces.push({ same: token })
  }
  const open = (): Change => {
    const last = pieces.at(-1)
    const running = last && 'change' in last ? changes[last.change] : undefined
    if (running) {
      running.removed += blanks
      running.added += blanks
      blanks = ''
      return running
    }
    const made = { at, removed: '', added: '' }
    changes.push(made)
    pieces.push({ change: changes.length - 1 })
    return made
  }
  while (i < old.texts.length || j < now.texts.length) {
    if (onlyA[i]) {
      open().removed += old.texts[i] ?? ''
      if (old.isWord[i]) removed += 1
      i += 1
    } else if (onlyB[j]) {
      open().added += now.texts[j] ?? ''
      at += now.texts[j]?.length ?? 0
      if (now.isWord[j]) added += 1
      j += 1
    } else {
      const token = now.texts[j] ?? ''
      const last = pieces.at(-1)
      // Blanks after a change wait: what comes next decides whether they part two changes or stand inside of one.
      if (/^[^\S\r\n]+$/.test(token) && last && 'change' in last) blanks += token
      else {
        if (blanks !== '') same(blanks)
        blanks = ''
        same(token)
      }
      at += token.length
      i += 1
      j += 1
    }
  }
  if (blanks !== '') same(blanks)
  return { blocks: blocksOf(pieces), changes, words: now.isWord.filter(Boolean).length, added, removed }
}

/**
 * Of several ways to align the same words, the one with fewer pieces: a run of flagged words is shifted on over words that it begins with
 * itself, where that brings it to the next run. The unflagged words stay the same words in the same order.
 */
function joinRuns(words: readonly string[], flags: boolean[]): void {
  let start = flags.indexOf(true)
  while (start >= 0) {
    let end = start
    while (flags[end]) end += 1
    let shift = 0
    while (end + shift < words.length && !flags[end + shift] && words[start + shift] === words[end + shift])
      shift += 1
    if (shift > 0 && flags[end + shift]) {
      for (let at = 0; at < shift; at++) {
        flags[start + at] = false
        flags[end + at] = true
      }
      start += shift
    } else start = flags.indexOf(true, end)
  }
}

function tokensOf(text: string): { texts: string[]; isWord: boolean[] } {
  const texts: string[] = []
  const isWord: boolean[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    texts.push(segment)
    isWord.push(isWordLike === true)
  }
  return { texts, isWord }
}

/** Cuts after the first line end beyond the size of a block, in unchanged text only. */
function blocksOf(pieces: readonly Piece[]): Piece[][] {
  const blocks: Piece[][] = []
  let block: Piece[] = []
  let size = 0
  const end = () => {
    if (block.length > 0) blocks.push(block)
    block = []
    size = 0
  }
  for (const piece of pieces) {
    if ('change' in piece) {
      block.push(piece)
      continue
    }
    let rest = piece.same
    while (rest !== '') {
      const cut = rest.indexOf('\n', Math.max(0, BLOCK - size)) + 1
      const part = cut > 0 ? rest.slice(0, cut) : rest
      block.push({ same: part })
      size += part.length
      rest = rest.slice(part.length)
      if (cut > 0) end()
    }
  }
  end()
  return blocks
}

/** The new text with one change taken back. */
export const withoutChange = (text: string, { at, removed, added }: Change): string =>
  text.slice(0, at) + removed + text.slice(at + added.length)
