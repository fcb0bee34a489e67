import { Readable } from 'node:stream'
import { api, type TaskDetail, type TaskPayload, type TaskRow } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, notFound, route } from '../platform/index.ts'
import { formOf, requireProject } from '../projects/index.ts'
import { knownAnswerShares } from './known-answer-shares.ts'
import { outcomeRows } from './outcome-queries.ts'
import { taskResults } from './result-queries.ts'
import { sourceComparison } from './source-comparison.ts'
import { streamResults } from './stream-results.ts'
import { seqOfTask, type TaskListRow, taskOf, taskPage, tasksById } from './task-page-queries.ts'

type TaskState = TaskDetail['state']
/** An answer by question; of a preference or a choice the class alone will do. */
type KnownAnswer = Record<string, unknown> | null

/** What of a known answer fits into a column: the first class in it. */
function knownClass(known: KnownAnswer): string | null {
  for (const value of Object.values(known ?? {})) {
    if (typeof value === 'string') return value
    const outcome = (value as { outcome?: unknown } | null)?.outcome
    if (typeof outcome === 'string') return outcome
  }
  return null
}

/** Of the tasks on which people differ so many are listed. */
const MOST_SPLIT = 100

const presentRow = (row: TaskListRow): TaskRow => ({
  id: row.id,
  externalId: row.external_id,
  state: row.state as TaskState,
  excerpt: row.excerpt ?? '',
  judgments: row.judgments,
  wanted: row.wanted,
  consensus: row.consensus,
  gold: knownClass(row.gold),
})

export function resultRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.getResults, 'signed_in', async ({ caller, params, reply }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(streamResults(deps, project)))
  })

  route(app, api.listTasks, 'signed_in', async ({ caller, params, query }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    const after = query.cursor && /^\d{1,18}$/.test(query.cursor) ? BigInt(query.cursor) : 0n
    return deps.database.transaction({ organization: project.organization_id }, async (tx) => {
      const { rows, total } = await taskPage(tx, project, query, after, query.limit)
      return {
        tasks: rows.map(presentRow),
        nextCursor: rows.length === query.limit ? String(rows.at(-1)?.seq) : null,
        total,
      }
    })
  })

  route(app, api.getOutcomes, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return deps.database.transaction({ organization: project.organization_id }, async (tx) => {
      const form = await formOf(tx, project.id, project.form_version)
      const { items, total, split } = await outcomeRows(tx, project.id, form, MOST_SPLIT)
      const found = await tasksById(
        tx,
        split.map(({ taskId }) => taskId),
      )
      const tasks = split.flatMap(({ taskId, key }) => {
        const row = found.get(taskId)
        return row ? [{ task: presentRow(row), key }] : []
      })
      return { items, split: { total, tasks } }
    })
  })

  route(app, api.getKnownAnswers, 'signed_in', async ({ caller, params }) => ({
    items: await knownAnswerShares(deps, await requireProject(deps, caller, params.id, 'viewer')),
  }))

  route(app, api.getSourceComparison, 'signed_in', async ({ caller, params }) =>
    sourceComparison(deps, await requireProject(deps, caller, params.id, 'viewer')),
  )

  route(app, api.getTask, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return deps.database.transaction({ organization: project.organization_id }, async (tx) => {
      const seq = await seqOfTask(tx, project.id, params.taskId)
      const task = seq === undefined ? undefined : await taskOf(tx, params.taskId)
      if (seq === undefined || !task) throw notFound('task')
      const [result] = await taskResults(tx, project.id, seq - 1n, 1)
      const own = result?.id === task.id ? result : undefined
      return {
        id: task.id,
        externalId: task.external_id,
        state: task.state as TaskState,
        payload: task.payload as TaskPayload,
        gold: knownClass(task.gold as KnownAnswer),
        known: (task.gold as KnownAnswer) ?? null,
        judgments: (own?.judgments ?? []) as TaskDetail['judgments'],
        history: own?.history ?? [],
        consensus: (own?.consensus ?? null) as TaskDetail['consensus'],
      }
    })
  })
}
