import type { Message } from '@groundwork/contract'
import { textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import { checkText, kindOf } from './check.ts'
import { looksLikeMessages, readMessages } from './messages.ts'
import type { Notes } from './notes.ts'

/** What a reader of rows gets beside the row. */
export type ReadContext = {
  notes: Notes /** Cells of a CSV are all text, and may hold a message list as JSON. */
  isCsv: boolean
}

/**
 * A field that has to be there.
 * @throws RowFault `missing_field`, naming the fields that are
 */
export function wanted(row: Row, field: string): unknown {
  const value = Object.hasOwn(row, field) ? row[field] : undefined
  if (value !== undefined && value !== null) return value
  const names = Object.keys(row)
  const has =
    names.length === 0
      ? 'no fields'
      : names
          .slice(0, 20)
          .map((name) => `"${name}"`)
          .join(', ')
  throw new RowFault('missing_field', `There is no "${field}". The record has ${has}.`)
}

/**
 * A field that holds either one text or a list of messages, as messages.
 * @param role who said a bare text
 */
export function readTurns(
  value: unknown,
  path: string,
  role: Message['role'],
  context: ReadContext,
): Message[] {
  if (typeof value === 'string') {
    const list = context.isCsv ? messagesInCell(value) : null
    return list ? readMessages(list, path, context.notes) : [textMessage(role, checkText(value, path))]
  }
  if (Array.isArray(value)) return readMessages(value, path, context.notes)
  throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; it has to be text or a list of messages.`)
}

function messagesInCell(cell: string): unknown[] | null {
  if (!cell.trimStart().startsWith('[')) return null
  try {
    const value: unknown = JSON.parse(cell)
    return looksLikeMessages(value) ? value : null
  } catch {
    return null
  }
}
