import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { type Account, runAs, TOOL_ENVIRONMENT } from './account.ts'
import { openAlivePipe } from './alive-pipe.ts'
import type { Binaries } from './binaries.ts'
import type { Paths } from './paths.ts'
import { PostgresStartError } from './postgres-start-error.ts'
import { DATABASE } from './settings.ts'

/** Starts Postgres as a process of its own and returns it before it answers. */
export function launch(paths: Paths, binaries: Binaries, account: Account | undefined): ChildProcess {
  const startLog = openSync(paths.startLog, 'w', 0o600)
  const alivePipe = openAlivePipe(paths.alivePipe)
  try {
    const child = spawn(binaries.postgres, ['-D', paths.database, '-c', `config_file=${paths.settings}`], {
      ...runAs(account),
      cwd: '/',
      env: TOOL_ENVIRONMENT,
      // Out of the terminal's reach: Ctrl-C must end the server first, which still needs its database.
      detached: true,
      stdio: ['ignore', startLog, startLog, alivePipe],
    })
    child.unref()
    // A process that leaves before it has got Postgres into its hands must not leave it running.
    const endWithProcess = () => child.kill('SIGINT')
    process.once('exit', endWithProcess)
    child.once('exit', () => process.off('exit', endWithProcess))
    return child
  } finally {
    closeSync(startLog)
    closeSync(alivePipe)
  }
}

/** A Postgres that is starting says 57P03; in recovery after a crash it may do so for minutes. */
const STARTING_UP = '57P03'

/**
 * Waits until Postgres answers under the URL and has the database Groundwork lives in.
 *
 * @param isAlive asked between attempts; when it says no, waiting is over
 * @returns false when the process ended, or answered as something else than this database
 */
export async function becomesReady(options: {
  url: URL
  database: string
  isAlive: () => boolean
  silenceMs: number
}): Promise<boolean> {
  let deadline = Date.now() + options.silenceMs
  while (options.isAlive() && Date.now() < deadline) {
    const answer = await ask(options.url, options.database)
    if (answer === 'yes') return true
    if (answer === 'no') return false
    if (answer === 'starting') deadline = Date.now() + options.silenceMs
    await delay(20)
  }
  return false
}

async function ask(url: URL, database: string): Promise<'yes' | 'no' | 'starting' | 'silent'> {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const client = new Client({ connectionString: maintenance.href, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    const folder = await client.query<{ data_directory: string }>('show data_directory')
    if (folder.rows[0]?.data_directory !== database) return 'no'
    const existing = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (existing.rowCount === 0) await client.query(`create database ${DATABASE}`)
    return 'yes'
  } catch (error) {
    // Everything but an answer of Postgres is the network's word for "nobody there yet".
    if (!(error instanceof DatabaseError)) return 'silent'
    return error.code === STARTING_UP ? 'starting' : 'no'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A port of the loopback address that is free now: the preferred one when it is. */
export async function freePort(preferred: number | undefined): Promise<number> {
  return (preferred !== undefined && (await tryPort(preferred))) || (await tryPort(0)) || 0
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : undefined
  } catch {
    return undefined
  } finally {
    server.close()
  }
}

/** What Postgres has said since the given moment, for an error message. */
export function recentLog(paths: Paths, since: number): string {
  const logs = readdirSync(paths.logFolder).map((name) => join(paths.logFolder, name))
  const lines = [paths.startLog, ...logs]
    .filter((file) => statSync(file).mtimeMs >= since)
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(-12))
  return lines.join('\n')
}

export function startFailure(paths: Paths, said: string): PostgresStartError {
  const space = /No space left on device/.test(said) ? ' The disk is full: free some space.' : ''
  return new PostgresStartError(
    'failed',
    `Postgres did not start on ${paths.database}.${space} It said:\n${said}\nIts logs are in ${paths.logFolder}.`,
  )
}
