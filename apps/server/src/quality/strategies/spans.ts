import { spanConsensus } from '@groundwork/consensus'
import type { Span, SpansAnswer, SpansQuestion } from '@groundwork/contract'
import { byTarget, countsOf } from './by-target.ts'
import { meanOf, type Strategy } from './strategy.ts'

/** A consensus is right when its marks and the known ones have this F1 of positions with their category. */
const TOLERANCE = 0.5
/** More steps of comparing are not made: they would take a second. */
const MOST_WORK = 5_000_000

/** The passages that more than half marked with a category, merged, with the share of those who did and the severity that most of them gave. */
export const spans: Strategy<SpansQuestion> = {
  measure: 'f1',
  heavy: true,
  decide: (question, votes) =>
    byTarget<SpansAnswer>(question, votes, (given) => {
      const people = given.map(({ value }) => value.spans)
      if (costOf(people) > MOST_WORK) {
        return { value: null, confidence: null, distribution: {}, answers: given.length }
      }
      const texts = [...new Set(people.flat().map(placeOf))]
      const merged = texts.flatMap((place) => mergedIn(place, people))
      const none = people.filter((marks) => marks.length === 0).length / people.length
      return {
        value: merged.length > 0 ? { spans: merged } : { spans: [], none: true },
        confidence: merged.length > 0 ? meanOf(merged.map(({ support }) => support)) : none,
        distribution: {},
        answers: given.length,
        agreement: people.length > 1 ? spansF1(people) : null,
      }
    }),
  matches: (_, value, known) =>
    spansF1([(value as SpansAnswer).spans, (known as SpansAnswer).spans]) >= TOLERANCE,
}

/** Every border of a passage is looked at for every two people and category. */
function costOf(people: Span[][]): number {
  const marks = people.flat()
  const categories = new Set(marks.map(({ category }) => category)).size
  return people.length ** 2 * categories * marks.length
}

const placeOf = ({ target, part }: Span) => `${target}/${part}`

/** The mean F1 over pairs of people: of all texts as if they stood one behind the other. */
function spansF1(people: Span[][]): number {
  const places = [...new Set(people.flat().map(placeOf))]
  // Far enough apart that passages of two texts never touch.
  const from = new Map(places.map((place, index) => [place, index * 10_000_000]))
  const { pairwiseF1 } = spanConsensus(
    people.map((marks) => ({
      spans: marks.map((mark) => {
        const shift = from.get(placeOf(mark)) ?? 0
        return { start: shift + mark.start, end: shift + mark.end, label: mark.category }
      }),
    })),
  )
  return pairwiseF1
}

type Merged = Span & { support: number }

function mergedIn(place: string, people: Span[][]): Merged[] {
  const here = people.map((marks) => marks.filter((mark) => placeOf(mark) === place))
  const all = here.flat()
  const [first] = all
  if (!first) return []
  const { spans: found } = spanConsensus(
    here.map((marks) => ({
      spans: marks.map(({ start, end, category }) => ({ start, end, label: category })),
    })),
  )
  return found.map(({ start, end, label, confidence }) => {
    const behind = all.filter((mark) => mark.category === label && mark.start < end && mark.end > start)
    const severity = mostFrequent(behind.flatMap((mark) => mark.severity ?? []))
    return {
      target: first.target,
      part: first.part,
      start,
      end,
      quote: quoteOf(behind, start, end),
      category: label,
      ...(severity === undefined ? {} : { severity }),
      support: confidence,
    }
  })
}

/** The text between two code points, put together from the quotes of passages that cover it. */
function quoteOf(marks: Span[], start: number, end: number): string {
  let quote = ''
  for (let at = start; at < end; ) {
    const covering = marks.filter((mark) => mark.start <= at && mark.end > at)
    const longest = covering.toSorted((one, other) => other.end - one.end)[0]
    if (!longest) return quote
    const upTo = Math.min(longest.end, end)
    quote += Array.from(longest.quote)
      .slice(at - longest.start, upTo - longest.start)
      .join('')
    at = upTo
  }
  return quote
}

/** Undefined without any; of several as frequent the first in the order of the alphabet. */
export function mostFrequent(values: readonly string[]): string | undefined {
  return Object.entries(countsOf(values)).sort(
    ([one, many], [other, few]) => few - many || (one < other ? -1 : 1),
  )[0]?.[0]
}
