import type { Message } from '@groundwork/contract'
import { RowFault } from '../faults.ts'
import { sharedPrefix } from './messages.ts'

/**
 * Splits two whole conversations into what they share and their two endings. The endings start with an assistant's turn, also where
 * one conversation is the beginning of the other.
 * @throws RowFault `identical_candidates`, or `different_prompts` when they part at something that no model said
 */
export function splitConversations(left: readonly Message[], right: readonly Message[]) {
  let cut = sharedPrefix(left, right)
  if (cut === left.length && cut === right.length) {
    throw new RowFault(
      'identical_candidates',
      'Both conversations are the same, so there is nothing to compare.',
    )
  }
  const parting = [left[cut], right[cut]]
  if (parting.some((each) => each && each.role !== 'assistant' && each.role !== 'tool')) {
    if (parting.every((each) => each !== undefined))
      throw new RowFault('different_prompts', DIFFERENT_PROMPTS)
  }
  while (cut > 0 && !(left[cut]?.role === 'assistant' && right[cut]?.role === 'assistant')) cut--
  return { context: left.slice(0, cut), a: left.slice(cut), b: right.slice(cut) }
}

const DIFFERENT_PROMPTS =
  'The two conversations differ before the answers, in a message that is not from the assistant. Both have to answer the same prompt.'

const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * Splits two texts into the prompt that they share and two completions. The cut is at the start of a word ("The sky is" + " blue", never
 * "The sky is bl" + "ue"), a space before it goes to the completions, and no completion is left empty.
 */
export function splitTexts(left: string, right: string): { prompt: string; a: string; b: string } {
  const most = Math.min(left.length, right.length)
  let cut = 0
  while (cut < most && left.charCodeAt(cut) === right.charCodeAt(cut)) cut++
  // Where one text is the beginning of the other, its last word starts its completion.
  if (cut === most && cut > 0) cut = trimmedEnd(left, cut) - 1
  for (;;) {
    const start = Math.min(wordStart(left, cut), wordStart(right, cut))
    if (start >= cut) break
    cut = start
  }
  if (left[cut - 1] === ' ' && left[cut] !== ' ') cut--
  return { prompt: left.slice(0, cut), a: left.slice(cut), b: right.slice(cut) }
}

/** Where the word that covers a position starts; the position itself when a word starts there or none does. */
function wordStart(text: string, position: number): number {
  if (position <= 0 || position >= text.length) return Math.max(position, 0)
  // A window is enough to find a word's start and keeps long texts cheap.
  const from = Math.max(0, position - 200)
  const found = words.segment(text.slice(from, position + 200)).containing(position - from)
  return found ? from + found.index : position
}

function trimmedEnd(text: string, end: number): number {
  return Math.max(text.slice(0, end).trimEnd().length, 1)
}
