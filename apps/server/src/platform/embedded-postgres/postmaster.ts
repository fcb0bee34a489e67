import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlivePipeHeld } from './alive-pipe.ts'
import type { Paths } from './paths.ts'
import { PostgresStartError } from './postgres-start-error.ts'
import { inspectProcess, listProcesses, type ProcessInfo } from './process-info.ts'

/**
 * Finds the live main process of a Postgres on this database folder, whoever started it. The number in postmaster.pid
 * is only a hint: it may be reused by a stranger, stand for a zombie, or come from another process namespace.
 */
export function findPostmaster(paths: Paths): ProcessInfo | undefined {
  const hint = readPid(paths.database)
  const hinted = hint === undefined ? undefined : inspectProcess(hint)
  if (hinted && isPostmasterOf(hinted, paths.database)) return hinted
  if (!isAlivePipeHeld(paths.alivePipe)) return undefined
  for (const pid of listProcesses()) {
    const candidate = inspectProcess(pid)
    if (candidate && isPostmasterOf(candidate, paths.database)) return candidate
  }
  return undefined
}

/** Postgres changes into its database folder; its children do too, but call themselves "postgres: checkpointer". */
function isPostmasterOf(candidate: ProcessInfo, database: string): boolean {
  const [program = ''] = candidate.arguments
  if (process.platform !== 'linux') return program.includes(`/postgres -D ${database}`)
  if (basename(program) !== 'postgres') return false
  return candidate.cwd === undefined ? candidate.arguments.includes(database) : candidate.cwd === database
}

/** The process number in postmaster.pid; undefined when there is no such file or nothing sensible in it. */
function readPid(database: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile(database), 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/**
 * Ends a Postgres and returns when nothing of it lives any more: first a clean shutdown that breaks open connections
 * off, then, each after its time, the harder ways. Every one of them is safe for committed data.
 */
export async function stopPostmaster(pid: number, paths: Paths): Promise<void> {
  const steps = [
    { signal: 'SIGINT', waitMs: 60_000 },
    { signal: 'SIGQUIT', waitMs: 10_000 },
    { signal: 'SIGKILL', waitMs: 10_000 },
  ] as const
  for (const { signal, waitMs } of steps) {
    const target = inspectProcess(pid)
    if (target && isPostmasterOf(target, paths.database)) sendSignal(pid, signal, paths)
    if (await becomesTrue(() => isGone(pid, paths), waitMs)) return
  }
  throw inUse(paths)
}

/** Waits for what is left of a Postgres whose main process is gone; its workers notice that and end. */
export async function waitForLeftovers(paths: Paths): Promise<void> {
  if (!(await becomesTrue(() => !isAlivePipeHeld(paths.alivePipe), 20_000))) throw inUse(paths)
}

/**
 * Makes a postmaster.pid that no live Postgres stands behind harmless. Postgres trusts any live process of that number,
 * so the number is replaced by one that no process has; the rest of the file stays, because Postgres checks by it that
 * no old worker is still attached to the shared memory.
 */
export function disarmPidFile(database: string) {
  const file = pidFile(database)
  if (readPid(database) === undefined) {
    rmSync(file, { force: true })
    return
  }
  const lines = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, [String(2 ** 31 - 1), ...lines.slice(1)].join('\n'))
}

function sendSignal(pid: number, signal: NodeJS.Signals, paths: Paths) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
    throw inUse(paths, pid)
  }
}

function isGone(pid: number, paths: Paths): boolean {
  const found = inspectProcess(pid)
  return !(found && isPostmasterOf(found, paths.database)) && !isAlivePipeHeld(paths.alivePipe)
}

function inUse(paths: Paths, pid?: number): PostgresStartError {
  const who =
    pid === undefined ? 'A Postgres that this process cannot see (in another container?)' : `Process ${pid}`
  return new PostgresStartError(
    'in_use',
    `${who} still uses the database in ${paths.database} and cannot be stopped from here. ` +
      'End it first: two servers on one database would destroy it.',
  )
}

function pidFile(database: string): string {
  return join(database, 'postmaster.pid')
}

/** Asks again and again until the answer is yes; false when the time is over. */
export async function becomesTrue(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) return false
    await delay(20)
  }
  return true
}
