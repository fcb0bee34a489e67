import { addJob, type Deps, type Event, type JobHandler, type Jobs } from '../platform/index.ts'
import { projectHeader } from '../projects/index.ts'
import { type Announcement, announce, isFor } from './announce.ts'
import { listenersTo } from './endpoint-queries.ts'
import { finishedTasks, flaggedJudgment, flaggedTask, readyExport } from './subject-queries.ts'

/** A judgment can be taken back for ten seconds, and its consensus is decided in the background; then a task is finished. */
const FINISHED_AFTER_SECONDS = 15
/** Tasks in one job. */
const TASKS = 500

/** What happens in lower domains, told to the endpoints that want to know. */
export function webhookEvents(deps: Deps): Jobs['events'] {
  const tell = (read: (event: Event) => Promise<Announcement | undefined>) => async (events: Event[]) => {
    const found = (await Promise.all(events.map(read))).filter((each) => each !== undefined)
    await deps.database.transaction('system', (tx) => announce(tx, found))
  }
  return {
    'judgment.submitted': (events) => expectFinished(deps, events),
    'project.finished': tell((event) => finishedProject(deps, event)),
    'export.ready': tell((event) => exportIsReady(deps, event)),
    'task.flagged': tell((event) => taskIsFlagged(deps, event)),
    'judgment.flagged': tell((event) => judgmentIsFlagged(deps, event)),
  }
}

export function webhookJobs(deps: Deps): Record<string, JobHandler> {
  return {
    announce_finished: ({ organizationId, projectId, taskIds }) =>
      announceFinished(deps, organizationId ?? '', projectId ?? '', (taskIds ?? '').split(',')),
  }
}

/** Looks at judged tasks again when what was judged can no longer be taken back; most organizations want to hear of none. */
async function expectFinished({ database }: Deps, events: Event[]): Promise<void> {
  await database.transaction('system', async (tx) => {
    const organizations = [...new Set(events.map((event) => event.organizationId))]
    const listeners = await listenersTo(tx, 'task.finished', organizations)
    if (listeners.length === 0) return
    for (const [projectId, judged] of Map.groupBy(events, (event) => event.payload.projectId ?? '')) {
      const organizationId = judged[0]?.organizationId ?? ''
      if (!listeners.some((listener) => isFor(listener, { organizationId, projectId }))) continue
      const taskIds = [...new Set(judged.flatMap((event) => event.payload.taskId ?? []))]
      for (let from = 0; from < taskIds.length; from += TASKS) {
        await addJob(
          tx,
          'announce_finished',
          { organizationId, projectId, taskIds: taskIds.slice(from, from + TASKS).join(',') },
          { afterSeconds: FINISHED_AFTER_SECONDS },
        )
      }
    }
  })
}

async function announceFinished(
  { database }: Deps,
  organizationId: string,
  projectId: string,
  taskIds: string[],
): Promise<void> {
  await database.transaction({ organization: organizationId }, async (tx) => {
    const tasks = await finishedTasks(tx, taskIds)
    const announcements = tasks.map(
      (task): Announcement => ({
        event: 'task.finished',
        organizationId,
        projectId,
        // A task that is put back to work finishes again.
        key: `task.finished:${task.id}:${task.done_at.getTime()}`,
        at: task.done_at,
        data: {
          taskId: task.id,
          externalId: task.external_id,
          judgments: task.judgments,
          consensus: task.consensus,
        },
      }),
    )
    await announce(tx, announcements)
  })
}

async function finishedProject(deps: Deps, event: Event): Promise<Announcement | undefined> {
  const { organizationId } = event
  const projectId = event.payload.projectId ?? ''
  const project = await deps.database.transaction({ organization: organizationId }, (tx) =>
    projectHeader(tx, projectId),
  )
  if (!project) return undefined
  return {
    event: 'project.finished',
    organizationId,
    projectId,
    key: `project.finished:${projectId}`,
    at: new Date(),
    data: { name: project.name },
  }
}

async function exportIsReady(deps: Deps, event: Event): Promise<Announcement | undefined> {
  const { organizationId } = event
  const { projectId = '', exportId = '' } = event.payload
  const found = await deps.database.transaction({ organization: organizationId }, (tx) =>
    readyExport(tx, exportId),
  )
  if (!found) return undefined
  return {
    event: 'export.ready',
    organizationId,
    projectId,
    key: `export.ready:${exportId}`,
    at: found.finishedAt,
    data: {
      exportId,
      format: found.format,
      rows: found.rows === null ? null : Number(found.rows),
      files: found.files.map((file) => ({
        ...file,
        url: `${deps.publicUrl}/api/v1/exports/${exportId}/files/${encodeURIComponent(file.name)}`,
      })),
    },
  }
}

async function taskIsFlagged(deps: Deps, event: Event): Promise<Announcement | undefined> {
  const { organizationId } = event
  const { projectId = '', flagId = '' } = event.payload
  const found = await deps.database.transaction({ organization: organizationId }, (tx) =>
    flaggedTask(tx, flagId),
  )
  if (!found) return undefined
  const { at, ...data } = found
  return { event: 'task.flagged', organizationId, projectId, key: `task.flagged:${flagId}`, at, data }
}

async function judgmentIsFlagged(deps: Deps, event: Event): Promise<Announcement | undefined> {
  const { organizationId } = event
  const { projectId = '', flagId = '' } = event.payload
  const found = await deps.database.transaction({ organization: organizationId }, (tx) =>
    flaggedJudgment(tx, flagId),
  )
  if (!found) return undefined
  const { at, ...data } = found
  return {
    event: 'judgment.flagged',
    organizationId,
    projectId,
    key: `judgment.flagged:${flagId}`,
    at,
    data,
  }
}
