import {
  candidateText,
  countWords,
  type RewriteAnswer,
  type RewriteQuestion,
  type TextQuestion,
  type TurnsAnswer,
  type TurnsQuestion,
} from '@groundwork/contract'
import type { Random } from '../random.ts'
import { between, one } from './draw.ts'
import type { Draw } from './random-answer.ts'

const words = (
  'the answer gives a clear reason for each step and names where its limits are while the other leaves out one point that matters to ' +
  'whoever asked this question in the first place and would have to look it up again'
).split(' ')

/** What text can hold and programs like to lose. None of it counts as a word. */
const oddities = [
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '\u2028',
  '\r\n',
  '\u2029',
  '\u00a0',
  '\t',
  '…',
  '\ufeff',
  '\u202e',
  '"\\"',
  '\u0085',
  '<b>',
]
/** Words of other scripts, from right to left and of two code units each. */
const foreign = ['שלום', 'مرحبا', '𝒳𝓎', 'žluťoučký', 'é', '東京']

/** How many words more than wanted people write. */
const MORE = 12
const LONGEST_WORD = 16

export function randomText(
  { minWords, maxWords, maxCharacters }: TextQuestion,
  { random, wild }: Draw,
): string {
  const most = Math.min(maxWords ?? Number.POSITIVE_INFINITY, Math.max(minWords, 1) + MORE)
  return text(random, Math.max(minWords, 1), most, maxCharacters, wild)
}

/** As many words as somebody writes who has to write `least`: with a full stop, no longer than it may be. */
function text(random: Random, least: number, most: number, characters: number, wild: boolean): string {
  const fitting = Math.max(least, Math.min(most, Math.floor(characters / LONGEST_WORD)))
  const count = between(random, least, fitting)
  const plain = Array.from({ length: count }, () => one(random, words)).join(' ')
  if (!wild) return `${plain}.`.slice(0, characters)
  const odd = Array.from({ length: count }, () =>
    random() < 0.3 ? `${one(random, foreign)}${one(random, oddities)}` : one(random, words),
  ).join(' ')
  const counted = countWords(odd)
  return counted >= least && counted <= most && odd.length <= characters ? odd : plain.slice(0, characters)
}

export function randomRewrite(
  question: RewriteQuestion,
  { task, random, wild }: Draw,
): RewriteAnswer | undefined {
  if (task.candidates.length === 0) return undefined
  const candidate = one(random, task.candidates)
  const original = candidateText(candidate)
  const { minWords, maxCharacters, allowUnchanged } = question
  if (
    allowUnchanged &&
    random() < 0.1 &&
    original.length <= maxCharacters &&
    countWords(original) >= minWords &&
    original.trim() !== ''
  ) {
    return { candidate: candidate.id, original, text: original }
  }
  const added = text(random, 4, 20, 400, wild)
  const longer = `${original}\n\n${added}`
  const fits = longer.length <= maxCharacters && countWords(longer) >= minWords
  const least = Math.max(minWords, 4)
  return {
    candidate: candidate.id,
    original,
    text: fits ? longer : text(random, least, least + MORE, maxCharacters, wild),
  }
}

export function randomTurns(question: TurnsQuestion, { random, wild }: Draw): TurnsAnswer {
  const { first, min, max, last, minWords } = question
  const roles = first === 'user' ? (['user', 'assistant'] as const) : (['assistant', 'user'] as const)
  const roleAt = (index: number) => roles[index % 2] ?? 'user'
  let count = between(random, min, Math.min(max, min + 4))
  // One more or one less, where the last word belongs to somebody.
  if (last && roleAt(count - 1) !== last) count += count < max ? 1 : -1
  const messages = Array.from({ length: count }, (_, index) => {
    const role = roleAt(index)
    const least = role === 'assistant' ? Math.max(minWords, 5) : 5
    return { role, text: text(random, least, least + MORE, 100_000, wild) }
  })
  return { messages }
}

/** A sentence of somebody about something. */
export const sentence = (random: Random, wild: boolean): string => text(random, 4, 14, 400, wild)
