import type { PreferenceAnswer } from '@groundwork/contract'

/** A place on the scale that a person sees: 1 to 7 from the first response on the screen to the second, or one of the two other ties. */
export type ScalePlace = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 'both_good' | 'both_bad'

/**
 * The answer for a place on the screen. Answers speak of the task's own order (`a` first, negative strength for `a`); the screen may
 * show the responses the other way round.
 * @param shown ids of the two candidates as they stand on the screen
 */
export function answerFromPlace(place: ScalePlace, shown: readonly string[]): PreferenceAnswer {
  if (place === 4) return { outcome: 'tie', strength: 0 }
  if (typeof place !== 'number') return { outcome: place, strength: 0 }
  const outcome = ownLetter(shown, place < 4 ? 0 : 1)
  const size = Math.abs(place - 4)
  return { outcome, strength: outcome === 'a' ? -size : size }
}

/** Where an answer stands on the screen; null when there is no answer, or none that the scale can show. */
export function placeFromAnswer(answer: unknown, shown: readonly string[]): ScalePlace | null {
  if (!isPreference(answer)) return null
  if (answer.outcome === 'tie') return 4
  if (answer.outcome === 'both_good' || answer.outcome === 'both_bad') return answer.outcome
  const size = Math.abs(answer.strength)
  if (size < 1 || size > 3) return null
  const first = ownLetter(shown, 0) === answer.outcome
  return (first ? 4 - size : 4 + size) as ScalePlace
}

/** Position on the screen of the response that the answer prefers; null for ties and no answer. */
export function preferredPosition(answer: unknown, shown: readonly string[]): 0 | 1 | null {
  const place = placeFromAnswer(answer, shown)
  if (typeof place !== 'number' || place === 4) return null
  return place < 4 ? 0 : 1
}

/** Ids of comparisons are `a` and `b`; of any other two, the first in order is `a`. */
function ownLetter(shown: readonly string[], position: 0 | 1): 'a' | 'b' {
  const [one = '', other = ''] = shown
  const firstShownIsA = one <= other
  return (position === 0) === firstShownIsA ? 'a' : 'b'
}

function isPreference(value: unknown): value is PreferenceAnswer {
  return typeof value === 'object' && value !== null && 'outcome' in value && 'strength' in value
}
