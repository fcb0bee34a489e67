import type { Span, SpansAnswer, SpansQuestion } from '@groundwork/contract'
import type { PartText } from '../../../../ui/marking/parts.ts'
import { responseOf } from '../../../../ui/task/shown-target.ts'

/** What a question holds; a draft from elsewhere may have any shape. */
export function givenOf(value: unknown): SpansAnswer {
  const given = value as Partial<SpansAnswer> | null | undefined
  const spans = Array.isArray(given?.spans) ? given.spans : []
  return given?.none === true && spans.length === 0 ? { spans, none: true } : { spans }
}

/** The value of the question: nothing at all while nothing is marked and nothing is said. */
export const answerOf = (given: SpansAnswer): SpansAnswer | undefined =>
  given.spans.length > 0 || given.none ? given : undefined

/** Marks in the order in which a reader meets them. */
export function inTextOrder(spans: readonly Span[], texts: readonly PartText[]): Span[] {
  const place = ({ target, part }: Span) =>
    texts.findIndex((text) => text.target === target && text.part === part)
  return spans.toSorted((a, b) => place(a) - place(b) || a.start - b.start || a.end - b.end)
}

export type Score = { response: string; count: number; points: number }

/** Points of the marks by response, by the weights of their severities; null where severities have no weight. */
export function scoresOf(
  question: SpansQuestion,
  spans: readonly Span[],
  responses: readonly string[],
): Score[] | null {
  const weights = new Map(question.severities.map(({ value, weight }) => [value, weight]))
  if (![...weights.values()].some((weight) => weight !== undefined)) return null
  return responses.map((response) => {
    const mine = spans.filter(({ target }) => responseOf(target) === response)
    const points = mine.reduce((sum, { severity }) => sum + (weights.get(severity ?? '') ?? 0), 0)
    return { response, count: mine.length, points: Math.round(points * 1_000) / 1_000 }
  })
}
