import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

/** Ticks of a second in /proc; the same on every Linux that Node runs on. */
const TICKS = 100

type Stat = { parent: number; own: number; ended: number }

/** Milliseconds that a process used, and its children that ended; undefined where the system has no /proc. */
async function stat(pid: number | string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name in brackets may hold spaces; what follows it does not.
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  if (!fields) return undefined
  const [parent = 0] = fields.slice(1, 2)
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
  const ms = (ticks: number) => (ticks * 1000) / TICKS
  return { parent, own: ms(user + system), ended: ms(endedUser + endedSystem) }
}

/** Milliseconds of processor time of one process. */
export async function ofProcess(pid: number | undefined): Promise<number> {
  return (pid !== undefined && (await stat(pid))?.own) || 0
}

/** Milliseconds of processor time of the children of a process that have ended. */
export async function ofEndedChildren(pid: number | undefined): Promise<number> {
  return (pid !== undefined && (await stat(pid))?.ended) || 0
}

/** Milliseconds of processor time of a whole Postgres server: its first process and all that it ever started. */
export async function ofPostgres(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = await stat(rows[0]?.pid ?? 0)
  if (!backend) return 0
  const first = await stat(backend.parent)
  let total = (first?.own ?? 0) + (first?.ended ?? 0)
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const process = await stat(name)
    if (process?.parent === backend.parent) total += process.own
  }
  return total
}
