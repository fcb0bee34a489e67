import { run } from 'graphile-worker'
import pg from 'pg'
import type { Database } from '../database.ts'
import type { Log } from '../logging.ts'
import { type Event, takeEvents, waitingKinds } from '../outbox-queries.ts'
import { aliveWhileListening, freeJobsOfTheDead } from './free-jobs.ts'

/** A background job: gets the payload that was added with it; throwing makes it run again later. */
export type JobHandler = (payload: Record<string, string>) => Promise<void>
/** Reacts to a batch of events of one kind; runs inside the transaction that takes them out of the outbox. */
export type EventHandler = (events: Event[]) => Promise<void>
/** Work that is due again and again, such as ending expired leases. Says whether it found something to do. */
export type PeriodicWork = { name: string; everyMs: number; work: () => Promise<boolean> }

export type Jobs = {
  handlers: Record<string, JobHandler>
  events: Record<string, EventHandler>
  periodic: PeriodicWork[]
}

/** Events taken out of the outbox at a time. */
const BATCH = 1_000
const OUTBOX_EVERY_MS = 250
const FREE_EVERY_MS = 5_000

/**
 * Runs jobs, events and periodic work in this process until `stop`. Any number of processes may do so at once: jobs and events are
 * taken with SKIP LOCKED, and periodic work must be safe to run twice.
 * @param ownerUrl connection of the schema's owner, who owns the queue
 */
export async function runJobs(
  ownerUrl: string,
  database: Database,
  log: Log,
  jobs: Jobs,
): Promise<{ stop: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, application_name: 'groundwork-jobs' })
  // A connection that breaks, idle or not, is replaced; whoever was using it gets the error from its query.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: Object.fromEntries(
      Object.entries(jobs.handlers).map(([name, handler]) => [
        name,
        (payload: unknown) => handler(payload as Record<string, string>),
      ]),
    ),
    logger: log.forQueue(),
    events: aliveWhileListening(),
  })
  const loops = [
    ...jobs.periodic.map((each) => loop(each, log)),
    loop({ name: 'free jobs', everyMs: FREE_EVERY_MS, work: freeJobsOfTheDead(pool) }, log),
    loop(
      { name: 'outbox', everyMs: OUTBOX_EVERY_MS, work: () => dispatchEvents(database, jobs.events) },
      log,
    ),
  ]
  return {
    stop: async () => {
      await Promise.all(loops.map((each) => each.stop()))
      await runner.stop()
      await pool.end()
    },
  }
}

/**
 * Hands waiting events to their handlers, a batch of each kind. A handler that throws puts its batch back and holds up no other
 * kind. Says whether there was any.
 * @throws AggregateError of what the handlers threw
 */
export async function dispatchEvents(
  database: Database,
  handlers: Record<string, EventHandler>,
): Promise<boolean> {
  const kinds = await database.transaction('system', waitingKinds)
  const outcomes = await Promise.allSettled(
    kinds.map((kind) =>
      database.transaction('system', async (tx) => {
        const events = await takeEvents(tx, kind, BATCH)
        if (events.length > 0) await handlers[kind]?.(events)
        return events.length > 0
      }),
    ),
  )
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (errors.length > 0)
    throw new AggregateError(errors, `Events could not be handled: ${errors.map(String).join('; ')}`)
  return outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value)
}

/** Repeats work with a pause between the end of one run and the start of the next; at once again when it found something. */
function loop({ name, everyMs, work }: PeriodicWork, log: Log): { stop: () => Promise<void> } {
  let stopping = false
  let wake = () => {}
  const ended = (async () => {
    while (!stopping) {
      const busy = await work().catch((error: unknown) => {
        if (!stopping) log.error({ err: error }, `${name} failed and is tried again`)
        return false
      })
      if (busy || stopping) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    stop: async () => {
      stopping = true
      wake()
      await ended
    },
  }
}
