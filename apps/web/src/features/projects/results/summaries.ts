import type { ConsensusValue, Question, TaskRow } from '@groundwork/contract'
import { lacksMajority, type Part, partsOf } from '../outcomes.ts'

/** How often each value stands in the consensus; `total` is what the shares are of. */
export type Counts = {
  kind: 'counts'
  of: 'tasks' | 'marks'
  total: number
  rows: { value: string; count: number }[]
}
/** Means of one figure, a row for each response (or one for all), on a scale from `least` to `most`. */
export type Means = {
  kind: 'means'
  least: number
  most: number
  rows: { part: Part; mean: number; spread: number | null; tasks: number }[]
}
/** Answers that have no consensus, such as texts. */
export type Answered = { kind: 'answered'; tasks: number; answers: number }
/** On how many tasks there is something to mark. */
export type Marked = { kind: 'marked'; tasks: number; marked: number }
export type Summary = (Counts | Means | Answered | Marked) & { part?: Part }

/** The value of a task whose judgments do not decide. */
export const UNDECIDED = 'undecided'
/** Of options and wrong steps: the task has none. */
export const NONE = 'none'
/** Of options: people chose some, none of them with a majority. */
export const NO_MAJORITY = 'no_majority'

/** What the tasks come to on one question: one summary, or one for each axis of a preference or each response of a choice. */
export function summariesOf(question: Question, tasks: readonly TaskRow[]): Summary[] {
  const byPart = new Map<string, { part: Part; values: ConsensusValue[] }>()
  for (const { consensus } of tasks) {
    for (const part of consensus ? partsOf(question, consensus) : []) {
      const value = consensus?.[part.key]
      if (!value) continue
      const entry = byPart.get(part.key) ?? { part, values: [] }
      entry.values.push(value)
      byPart.set(part.key, entry)
    }
  }
  const parts = [...byPart.values()].sort((one, other) => (one.part.key < other.part.key ? -1 : 1))
  if (question.type === 'preference')
    parts.sort((one, other) => axisOrder(question, one.part) - axisOrder(question, other.part))
  switch (question.type) {
    case 'scale': {
      const [first, last] = [question.points[0]?.value ?? 0, question.points.at(-1)?.value ?? 0]
      const rows = parts.flatMap(({ part, values }) =>
        meanOf(
          part,
          values.flatMap(({ value }) => (typeof value === 'number' ? [value] : [])),
        ),
      )
      return rows.length === 0 ? [] : [{ kind: 'means', least: first, most: last, rows }]
    }
    case 'ranking': {
      const ranks = parts.flatMap(({ values }) => values.flatMap(({ value }) => listOf(value, 'ranks')))
      const by = Map.groupBy(ranks, ({ candidate }) => String(candidate))
      const most = Math.max(...ranks.map(({ rank }) => Number(rank)), 1)
      const rows = [...by].sort().flatMap(([target, of]) =>
        meanOf(
          { key: question.id, target },
          of.map(({ rank }) => Number(rank)),
        ),
      )
      return rows.length === 0 ? [] : [{ kind: 'means', least: 1, most, rows }]
    }
    case 'text':
    case 'rewrite':
    case 'turns': {
      const all = parts.flatMap(({ values }) => values)
      const answers = all.reduce((sum, { answers: count = 1 }) => sum + count, 0)
      return all.length === 0 ? [] : [{ kind: 'answered', tasks: all.length, answers }]
    }
    case 'spans':
      return marks(parts, 'spans', 'category')
    case 'boxes':
      return marks(parts, 'boxes', 'label')
    case 'sources':
      return marks(parts, 'claims', 'verdict')
    case 'steps':
      return parts.map(({ part, values }) => ({
        part,
        ...counted(
          'tasks',
          values.length,
          values.map(({ value }) => firstError(value)),
        ),
      }))
    case 'multichoice':
      return parts.map(({ part, values }) => ({
        part,
        ...counted('tasks', values.length, values.flatMap(chosen)),
      }))
    default:
      return parts.map(({ part, values }) => ({
        part,
        ...counted(
          'tasks',
          values.length,
          values.map(({ value }) => (typeof value === 'string' ? value : UNDECIDED)),
        ),
      }))
  }
}

/** The options of a consensus, or why there are none. */
function chosen(consensus: ConsensusValue): string[] {
  const { value } = consensus
  if (!Array.isArray(value)) return [UNDECIDED]
  if (value.length > 0) return value.map(String)
  return [lacksMajority(consensus) ? NO_MAJORITY : NONE]
}

const axisOrder = (question: Question & { type: 'preference' }, { axis }: Part) =>
  axis === undefined ? -1 : (question.axes ?? []).findIndex(({ id }) => id === axis)

function counted(of: Counts['of'], total: number, values: readonly string[]): Counts {
  const rows = [...Map.groupBy(values, (value) => value)].map(([value, all]) => ({
    value,
    count: all.length,
  }))
  return { kind: 'counts', of, total, rows: rows.sort((one, other) => other.count - one.count) }
}

/** Merged marks by what they are called, and how many tasks have none. */
function marks(parts: { values: ConsensusValue[] }[], list: string, field: string): Summary[] {
  const all = parts.flatMap(({ values }) => values)
  if (all.length === 0) return []
  const found = all.flatMap(({ value }) => listOf(value, list).map((mark) => String(mark[field])))
  return [
    ...(found.length > 0 ? [counted('marks', found.length, found)] : []),
    {
      kind: 'marked',
      tasks: all.length,
      marked: all.filter(({ value }) => listOf(value, list).length > 0).length,
    },
  ]
}

/** Mean and standard deviation; nothing of no values. */
function meanOf(part: Part, values: readonly number[]): Means['rows'] {
  if (values.length === 0) return []
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const spread =
    values.length < 2
      ? null
      : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  return [{ part, mean, spread, tasks: values.length }]
}

function listOf(value: unknown, name: string): Record<string, unknown>[] {
  const list =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return Array.isArray(list) ? list : []
}

/** Where the first wrong step is: its number, or that there is none. */
function firstError(value: unknown): string {
  if (value === null || value === undefined) return UNDECIDED
  const at = listOf(value, 'steps').findIndex(({ label }) => label === -1)
  return at < 0 ? NONE : String(at + 1)
}
