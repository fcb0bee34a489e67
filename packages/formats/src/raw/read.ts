import { preferenceOutcome, taskPayload } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { checkDeep } from '../content/check.ts'
import type { ReadTask } from '../content/pair.ts'
import { RowFault } from '../faults.ts'

/** A line of the `raw` export, or a bare task payload (`{"context","candidates"}`), exactly as the API takes it. */
export function readRaw(row: Row): ReadTask {
  checkDeep(row, 'row')
  const path = isRawLine(row) ? 'task.' : ''
  const parsed = taskPayload.safeParse(isRawLine(row) ? row.task : row)
  const issue = parsed.error?.issues[0]
  if (!parsed.success) throw faultOf(issue, path)
  const gold = isRawLine(row) ? readRawGold(row.gold) : undefined
  return { task: parsed.data, ...(gold && { gold }) }
}

export function detectRaw(row: Row): string | null {
  if (isRawLine(row)) return '`task` holds `context` and `candidates`: the lossless export of Groundwork'
  const bare = Array.isArray(row.context) && Array.isArray(row.candidates)
  return bare ? '`context` and `candidates` are lists: tasks as Groundwork writes them' : null
}

function isRawLine(row: Row): row is Row & { task: object } {
  return typeof row.task === 'object' && row.task !== null && 'candidates' in row.task
}

function readRawGold(value: unknown) {
  if (value === undefined || value === null) return undefined
  const parsed = preferenceOutcome.safeParse(value)
  if (parsed.success) return parsed.data
  throw new RowFault(
    'unknown_gold',
    `"gold" is ${JSON.stringify(value)}; use one of ${preferenceOutcome.options.join(', ')}.`,
  )
}

type SchemaIssue = { code: string; path: PropertyKey[]; message: string; keys?: string[]; input?: unknown }

function faultOf(issue: SchemaIssue | undefined, prefix: string): RowFault {
  const path =
    issue && issue.path.length > 0 ? `${prefix}${issue.path.map(String).join('.')}` : prefix.slice(0, -1)
  const message = `"${path || 'record'}": ${issue?.message ?? 'not a task'}.`
  if (issue?.code === 'unrecognized_keys') return new RowFault('unknown_field', message)
  if (issue?.code === 'too_big') return new RowFault('too_long', message)
  if (issue?.code === 'too_small') return new RowFault('empty_text', message)
  if (issue?.path.at(-1) === 'role') return new RowFault('unknown_role', message)
  const absent = issue?.code === 'invalid_type' && /received undefined/.test(issue.message)
  return new RowFault(absent ? 'missing_field' : 'wrong_type', message)
}
