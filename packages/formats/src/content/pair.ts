import { createHash } from 'node:crypto'
import type { Message, PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import type { Annotation, Feedback, Verdict } from '../feedback/feedback.ts'
import { canonicalJson } from './canonical-json.ts'
import { checkText, kindOf } from './check.ts'
import { messageKey } from './messages.ts'
import { buildTask } from './task.ts'

export type PairParts = {
  context: Message[]
  a: Message[]
  b: Message[]
  models?: { a?: string | undefined; b?: string | undefined }
  externalId?: string | undefined
  metadata?: Row
  /** What the source says about the two; undefined when it says nothing. */
  gold?: PreferenceOutcome | undefined
  /** With its sign as in the contract: negative for `a`. */
  strength?: number | undefined
  /** Of single people, beside what the source as a whole says. */
  votes?: Annotation[]
}

/**
 * A task of two candidates, `a` and `b`.
 * @throws RowFault when there is no prompt, a candidate is empty, both are the same, or there are too many messages
 */
export function pairTask(parts: PairParts): Feedback {
  const { context, a, b, models, externalId, metadata, gold, strength, votes = [] } = parts
  if (a.length === b.length && a.every((each, index) => messageKey(each) === messageKey(b[index] ?? each))) {
    throw new RowFault('identical_candidates', 'Both answers are the same, so there is nothing to compare.')
  }
  const answers = [
    { messages: a, model: models?.a },
    { messages: b, model: models?.b },
  ]
  return {
    task: buildTask({ context, answers, externalId, ...(metadata && { metadata }) }),
    annotations: [...(gold ? [{ verdict: vote(gold, strength) }] : []), ...votes],
  }
}

/** A vote between the candidates of {@link pairTask}. Its strength is 0 where it decides for neither, and never where it decides for one. */
export function vote(outcome: PreferenceOutcome, strength?: number | undefined): Verdict {
  const decides = outcome === 'a' || outcome === 'b'
  return { type: 'pairwise', a: 'a', b: 'b', outcome, strength: decides ? strength || null : 0 }
}

/**
 * Text that says something.
 * @throws RowFault `empty_text` when it is nothing but white space
 */
export function saying(messages: Message[], path: string): Message[] {
  const says = messages.some(
    (each) => each.toolCalls || each.parts.some((part) => !('text' in part) || part.text.trim() !== ''),
  )
  if (messages.length > 0 && !says) {
    throw new RowFault('empty_text', `"${path}" is empty; there is nothing to show.`)
  }
  return messages
}

/** The id under which the team knows a row: text or number; empty and absent ones give undefined. */
export function readExternalId(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return checkText(value, path, 300)
  throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; an id is text or a number.`)
}

/** The fields of a row that no mapping used; they travel along as the task's metadata. */
export function otherFields(row: Row, used: readonly (string | undefined)[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !used.includes(key)))
}

/**
 * What makes two rows the same task: the external id, or without one `sha256:` and the hash of conversation and candidates. Equal for
 * the same file sent again, whatever its container.
 */
export function dedupeKey(task: TaskPayload): string {
  if (task.externalId !== undefined) return task.externalId
  const content = canonicalJson({ context: task.context, candidates: task.candidates })
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}
