import { createReadStream } from 'node:fs'
import { jsonLines } from '../container/json-lines.ts'
import type { Feature } from '../export/card.ts'

const BLOCK = 64 * 1024

/** First characters at which spreadsheets take a text for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * A file of JSON Lines as CSV (RFC 4180): text as it is, everything else as JSON, what is not there as nothing.
 * @param onMarked told of each text that would be a formula to a spreadsheet, and stands behind an apostrophe for that; null: text is not altered
 */
export async function* csvLines(
  path: string,
  features: readonly Feature[],
  onMarked: (() => void) | null,
): AsyncGenerator<string> {
  const safe = (value: unknown) => {
    if (!onMarked || typeof value !== 'string' || !FORMULA.test(value)) return value
    onMarked()
    return `'${value}`
  }
  const names = features.map(({ name }) => name)
  let block = `${names.map(cell).join(',')}\r\n`
  const decoder = new TextDecoder()
  const lines = jsonLines(Number.POSITIVE_INFINITY)
  for await (const chunk of createReadStream(path)) {
    for (const frame of lines.push(chunk)) {
      if ('fault' in frame) throw frame.fault
      const row: Record<string, unknown> = JSON.parse(decoder.decode(frame.bytes))
      block += `${names.map((name) => cell(safe(row[name]))).join(',')}\r\n`
    }
    if (block.length >= BLOCK) {
      yield block
      block = ''
    }
  }
  yield block
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
