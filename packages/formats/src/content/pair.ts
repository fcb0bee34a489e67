import { createHash } from 'node:crypto'
import type { Message, PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import { canonicalJson } from './canonical-json.ts'
import { checkDeep, checkText, kindOf } from './check.ts'
import { messageKey } from './messages.ts'

/** A task as a reader of one format gives it. */
export type ReadTask = { task: TaskPayload; gold?: PreferenceOutcome }

export type PairParts = {
  context: Message[]
  a: Message[]
  b: Message[]
  models?: { a?: string; b?: string }
  externalId?: string | undefined
  metadata?: Row
  gold?: PreferenceOutcome | undefined
}

/**
 * A task of two candidates, `a` and `b`.
 * @throws RowFault when there is no prompt, a candidate is empty, both are the same, or there are too many messages
 */
export function pairTask(parts: PairParts): ReadTask {
  const { context, a, b, models, externalId, metadata, gold } = parts
  if (context.length === 0) {
    throw new RowFault('missing_field', 'There is no prompt: nothing comes before the two answers.')
  }
  checkCount(context, 1_000, 'The conversation before the answers')
  checkCount(a, 500, 'The first answer')
  checkCount(b, 500, 'The second answer')
  if (a.length === b.length && a.every((each, index) => messageKey(each) === messageKey(b[index] ?? each))) {
    throw new RowFault('identical_candidates', 'Both answers are the same, so there is nothing to compare.')
  }
  if (metadata) checkDeep(metadata, 'row')
  return {
    task: {
      ...(externalId !== undefined && { externalId }),
      context,
      candidates: [
        { id: 'a', ...modelName(models?.a), messages: a },
        { id: 'b', ...modelName(models?.b), messages: b },
      ],
      ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
    },
    ...(gold && { gold }),
  }
}

function modelName(model: string | undefined): { model?: string } {
  return model ? { model } : {}
}

function checkCount(messages: Message[], most: number, what: string): void {
  if (messages.length === 0) throw new RowFault('missing_field', `${what} has no message.`)
  if (messages.length > most) {
    throw new RowFault('too_long', `${what} has ${messages.length} messages; at most ${most} are possible.`)
  }
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
