import { type Answer, preferenceOutcome, taskPayload } from '@groundwork/contract'
import { z } from 'zod'
import { isRow, type Row } from '../container/records.ts'
import { checkDeep, checkText, kindOf, shownValue } from '../content/check.ts'
import { vote } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import { annotationSchema } from '../feedback/annotation-schema.ts'
import type { Annotation, Feedback, Provenance } from '../feedback/feedback.ts'
import { readJudgments } from './judgments.ts'

/** A line of the `raw` export, or a bare task payload (`{"context","candidates"}`), exactly as the API takes it. */
export function readRaw(row: Row): Feedback {
  checkDeep(row, 'row')
  const line = isRawLine(row) ? row : null
  const parsed = taskPayload.safeParse(line ? withPaths(line.task, line.images) : row, { reportInput: true })
  if (!parsed.success) throw faultOf(parsed.error.issues[0], line ? 'task.' : '')
  if (!line) return { task: parsed.data, annotations: [] }
  const gold = readRawGold(line.gold)
  const annotations = readAnnotations(line.annotations)
  const concluded = annotations.some(({ by, verdict }) => by === undefined && verdict.type === 'pairwise')
  if (gold && !concluded) annotations.unshift({ verdict: vote(gold) })
  annotations.push(...readJudgments(line.judgments, line.questions, parsed.data))
  const groupId = typeof line.groupId === 'string' ? checkText(line.groupId, 'groupId', 1_000) : undefined
  const right = readKnown(line)
  return {
    task: parsed.data,
    ...(groupId !== undefined && { groupId }),
    annotations,
    ...(isProvenance(line.provenance) && { provenance: line.provenance }),
    ...(right && { known: right }),
  }
}

const isProvenance = (value: unknown): value is Provenance =>
  isRow(value) && typeof value.source === 'string' && 'raw' in value

/** Images of the task by their files beside the line, where it says which those are. */
function withPaths(task: unknown, images: unknown): unknown {
  if (!Array.isArray(images) || images.length === 0) return task
  const paths = new Map<unknown, unknown>(
    images.flatMap((each) => (isRow(each) ? [[each.assetId, each.path] as const] : [])),
  )
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced)
    if (!isRow(value)) return value
    const path = typeof value.assetId === 'string' ? paths.get(value.assetId) : undefined
    const entries = Object.entries(value).map(([key, each]) => [key, replaced(each)])
    return { ...Object.fromEntries(entries), ...(typeof path === 'string' && { assetId: path }) }
  }
  if (!isRow(task)) return task
  return { ...task, context: replaced(task.context), candidates: replaced(task.candidates) }
}

/** An answer by question: under `known`, or under `answer` as tasks stand beside their templates. */
function readKnown(line: Row): Answer | undefined {
  const field = line.known === undefined || line.known === null ? 'answer' : 'known'
  const value = line[field]
  if (value === undefined || value === null) return undefined
  if (isRow(value)) return value
  throw new RowFault(
    'wrong_type',
    `"${field}" is ${kindOf(value)}; a known answer has a value by question id.`,
  )
}

function readAnnotations(value: unknown): Annotation[] {
  const parsed = z
    .array(annotationSchema)
    .max(10_000)
    .safeParse(value ?? [], { reportInput: true })
  if (parsed.success) return parsed.data
  throw faultOf(parsed.error.issues[0], 'annotations.')
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
    `"gold" is ${shownValue(value)}; use one of ${preferenceOutcome.options.join(', ')}.`,
  )
}

type SchemaIssue = { code: string; path: PropertyKey[]; message: string; keys?: string[]; input?: unknown }

function faultOf(issue: SchemaIssue | undefined, prefix: string): RowFault {
  const path =
    issue && issue.path.length > 0 ? `${prefix}${issue.path.map(String).join('.')}` : prefix.slice(0, -1)
  const message = `"${path || 'record'}": ${(issue?.message ?? 'not a task').replace(/\.$/, '')}.`
  if (issue?.code === 'unrecognized_keys') return new RowFault('unknown_field', message)
  if (issue?.code === 'too_big') return new RowFault('too_long', message)
  if (issue?.code === 'too_small') return new RowFault('empty_text', message)
  if (issue?.path.at(-1) === 'role') return new RowFault('unknown_role', message)
  const absent = issue?.code === 'invalid_type' && issue.input === undefined
  return new RowFault(absent ? 'missing_field' : 'wrong_type', message)
}
