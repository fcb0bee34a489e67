import type { Outcome, Question } from '@groundwork/contract'
import { type Part, partsOf } from '../outcomes.ts'

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
export function summariesOf(question: Question, items: readonly Outcome[]): Summary[] {
  const byKey = new Map(items.map((item) => [item.key, item]))
  const found = partsOf(question, byKey).flatMap((part) => {
    const item = byKey.get(part.key)
    return item ? [{ part, item }] : []
  })
  switch (question.type) {
    case 'scale': {
      const [first, last] = [question.points[0]?.value ?? 0, question.points.at(-1)?.value ?? 0]
      const rows = found.flatMap(({ part, item }) => item.means.map((mean) => ({ ...mean, part })))
      return rows.length === 0 ? [] : [{ kind: 'means', least: first, most: last, rows }]
    }
    case 'ranking': {
      const means = found.flatMap(({ item }) => item.means)
      const rows = means.map(({ target, ...mean }) => ({
        ...mean,
        part: { key: question.id, target: target ?? '' },
      }))
      const most = Math.max(...means.map((mean) => mean.most), 1)
      return rows.length === 0 ? [] : [{ kind: 'means', least: 1, most, rows }]
    }
    case 'text':
    case 'rewrite':
    case 'turns': {
      const sum = (of: (item: Outcome) => number) => found.reduce((all, { item }) => all + of(item), 0)
      return found.length === 0
        ? []
        : [{ kind: 'answered', tasks: sum(({ tasks }) => tasks), answers: sum(({ answers }) => answers) }]
    }
    case 'spans':
    case 'boxes':
    case 'sources':
      return found.flatMap(({ item: { values, tasks, marked } }): Summary[] => {
        const total = values.reduce((sum, { count }) => sum + count, 0)
        return [
          ...(total > 0 ? [{ kind: 'counts' as const, of: 'marks' as const, total, rows: values }] : []),
          { kind: 'marked', tasks, marked },
        ]
      })
    default:
      return found.map(({ part, item }) => ({
        part,
        kind: 'counts',
        of: 'tasks',
        total: item.tasks,
        rows: item.values,
      }))
  }
}
