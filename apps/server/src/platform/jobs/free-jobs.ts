import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'

/** Advisory locks of this class say which processes run jobs; the other half of the key is the hash of the process's pool. */
const ALIVE = 4_710_020

/**
 * Events for the queue's runner, by which a process shows that it is alive: its listening connection holds a lock for as long as it
 * stands, and takes it again whenever it is opened anew.
 */
export function aliveWhileListening(): WorkerEvents {
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:listen:success', ({ client, workerPool }) => {
    // After the queue's own LISTEN, which goes out first: a connection runs one statement at a time.
    client.once('drain', () => {
      client.query('select pg_advisory_lock($1, hashtext($2))', [ALIVE, workerPool.id]).catch(() => {})
    })
  })
  return events
}

/**
 * Gives back the jobs of processes that died in the middle of them, so that they run again now and not after the four hours for
 * which the queue waits itself. A process counts as dead when two looks in a row find jobs but no sign of life.
 * @param owner connections of the schema's owner, who owns the queue
 */
export function freeJobsOfTheDead(owner: pg.Pool): () => Promise<boolean> {
  let missing = new Set<string>()
  return async () => {
    const { rows } = await owner.query<{ id: string }>(
      `with holders as materialized (
         select distinct locked_by as id from graphile_worker._private_jobs where locked_by is not null)
       select id from holders where not exists (
         select from pg_locks where locktype = 'advisory' and classid = $1 and objid = hashtext(id)::bigint & 4294967295
           and objsubid = 2 and granted and database = (select oid from pg_database where datname = current_database()))`,
      [ALIVE],
    )
    const gone = rows.map((row) => row.id)
    const dead = gone.filter((id) => missing.has(id))
    missing = new Set(gone)
    if (dead.length > 0) await owner.query('select graphile_worker.force_unlock_workers($1)', [dead])
    return false
  }
}
