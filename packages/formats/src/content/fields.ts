import { type Message, textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import { checkText, kindOf } from './check.ts'
import { looksLikeMessages, readMessages } from './messages.ts'
import type { Notes } from './notes.ts'
import type { ReadChoices } from './read-choices.ts'

/** What a reader of rows gets beside the row. */
export type ReadContext = {
  notes: Notes
  /** Cells of a CSV are all text, and may hold a message list as JSON. */
  isCsv: boolean
  choices: ReadChoices
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

/** A text field that has to be there. */
export function wantedText(row: Row, field: string): string {
  const value = wanted(row, field)
  if (typeof value === 'string') return checkText(value, field)
  throw new RowFault('wrong_type', `"${field}" is ${kindOf(value)}; it has to be text.`)
}

/** A text field that may be absent, null or empty. */
export function optionalText(row: Row, field: string, max?: number): string | undefined {
  const value = row[field]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return checkText(value, field, max)
  throw new RowFault('wrong_type', `"${field}" is ${kindOf(value)}; it has to be text.`)
}

/** A finite number; in CSV also written as text. Absent, null, empty and N/A give undefined. */
export function optionalNumber(row: Row, field: string): number | undefined {
  const value = row[field]
  if (value === undefined || value === null || value === '' || value === 'N/A') return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new RowFault('wrong_type', `"${field}" is ${kindOf(value)}; it has to be a number.`)
}

export function wantedNumber(row: Row, field: string): number {
  wanted(row, field)
  const value = optionalNumber(row, field)
  if (value !== undefined) return value
  throw new RowFault('missing_field', `"${field}" is empty; it has to be a number.`)
}

/** A list of objects that has to be there; null entries are refused by their number. */
export function wantedRows(row: Row, field: string): Row[] {
  const value = wanted(row, field)
  if (!Array.isArray(value))
    throw new RowFault('wrong_type', `"${field}" is ${kindOf(value)}; it has to be a list.`)
  return value.map((each, index) => {
    if (isRow(each)) return each
    throw new RowFault('wrong_type', `"${field}[${index}]" is ${kindOf(each)}; it has to be an object.`)
  })
}

/** A list of objects that may be absent or null. */
export function optionalRows(row: Row, field: string): Row[] {
  return row[field] === undefined || row[field] === null ? [] : wantedRows(row, field)
}
