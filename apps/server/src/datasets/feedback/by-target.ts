import { eachOf, isUnanswered, type Question } from '@groundwork/contract'
import type { Consensus, Decided } from './mapping.ts'

/**
 * The values of a question that may be asked of each candidate or message.
 * @param whole the target of a question that is asked once; undefined: such an answer speaks of nothing in particular
 */
export function byTarget(
  question: Question,
  value: unknown,
  whole: string | undefined,
): { target: string; value: unknown }[] {
  if (eachOf(question) === 'task')
    return whole === undefined || isUnanswered(value) ? [] : [{ target: whole, value }]
  return Object.entries(value as Record<string, unknown>)
    .filter(([, each]) => !isUnanswered(each))
    .map(([target, each]) => ({ target, value: each }))
}

/** The stored consensus of a question, or of each of its targets, as an answer; as sure as the least sure of them. */
export function decidedByTarget(question: Question, consensus: Consensus): Decided | null {
  if (eachOf(question) === 'task') {
    const found = consensus[question.id]
    return found ? { value: found.value ?? null, confidence: found.confidence } : null
  }
  const prefix = `${question.id}.`
  const found = Object.entries(consensus).filter(([key]) => key.startsWith(prefix))
  if (found.length === 0) return null
  const values = found.flatMap(([key, { value }]) =>
    value === null || value === undefined ? [] : [[key.slice(prefix.length), value] as const],
  )
  const confidences = found.flatMap(([, { confidence }]) => confidence ?? [])
  return {
    value: values.length > 0 ? Object.fromEntries(values) : null,
    confidence: confidences.length > 0 ? Math.min(...confidences) : null,
  }
}
