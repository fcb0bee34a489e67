import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Account, chooseAccount } from './account.ts'
import { isAlivePipeHeld } from './alive-pipe.ts'
import { type Binaries, prepareBinaries } from './binaries.ts'
import { checkDatabase, createDatabase, makeFolder, resetPassword } from './database-folder.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { becomesReady, freePort, launch, recentLog, startFailure } from './launch.ts'
import { type Paths, pathsIn } from './paths.ts'
import { PostgresStartError } from './postgres-start-error.ts'
import { disarmPidFile, findPostmaster, stopPostmaster, waitForLeftovers } from './postmaster.ts'
import { inspectProcess } from './process-info.ts'
import { CLIENT_RULES, DATABASE, renderSettings, SUPERUSER } from './settings.ts'
import { newPassword, type PostgresState, readState, writeState } from './state-file.ts'
import { type Supervision, supervise } from './supervise.ts'

/** Where a root process puts what its unprivileged account cannot reach in the checkout. */
const SHARED_FOLDER = '/var/lib/groundwork'

/** How long another Groundwork that is just shutting down is waited for. */
const OWNER_LEAVES_MS = 5_000

export type EmbeddedPostgresOptions = {
  /** Groundwork's data folder; Postgres takes the folder `postgres` in it. */
  dataFolder: string
  log: { info(message: string): void; warn(message: string): void; error(message: string): void }
  /** Off only for databases that may be lost, as in tests. */
  fsync?: boolean
}

export type EmbeddedPostgres = {
  /** Connects as superuser to the database `groundwork`, which exists and is empty after the first start. */
  url: string
  /** True when a Postgres that an earlier, killed process left behind was taken over as it ran. */
  adopted: boolean
  /** Shuts Postgres down cleanly and frees the data folder. Open connections are broken off. */
  stop(): Promise<void>
}

/**
 * Starts the Postgres of the data folder, creating its database at first, and keeps it running until `stop`.
 * At most one process owns a data folder, and at most one Postgres ever runs on it.
 *
 * @throws PostgresStartError with a message for the operator
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = openFolder(resolve(options.dataFolder, 'postgres'), options.dataFolder)
  const lock = await lockFolder(folder, options.dataFolder, OWNER_LEAVES_MS)
  try {
    return await startLocked(folder, lock, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

function openFolder(folder: string, dataFolder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    return realpathSync(folder)
  } catch (error) {
    throw new PostgresStartError(
      'not_permitted',
      `The data folder ${dataFolder} cannot be created or read (${String(error)}). ` +
        'Choose another one with GROUNDWORK_DATA, or mend its rights.',
      { cause: error },
    )
  }
}

async function startLocked(folder: string, lock: FolderLock, options: EmbeddedPostgresOptions) {
  const { log, fsync = true } = options
  const stateFile = join(folder, 'state.json')
  const known = readState(stateFile)
  const account = chooseAccount(pathsIn(known?.home ?? folder).database)
  const paths = known?.home ? pathsIn(known.home) : placeDatabase(folder, account, log)
  const binaries = prepareBinaries(account, account ? SHARED_FOLDER : join(folder, 'binaries'))
  const state: PostgresState = known ?? { port: await freePort(undefined), password: newPassword() }
  if (paths.home !== folder) state.home = paths.home

  const isNew = !existsSync(paths.database)
  if (!isNew) {
    checkDatabase(paths, binaries, account)
  } else {
    // The password is on disk before the database that wants it.
    writeState(stateFile, state)
    log.info(`Creating the database in ${paths.database}${account ? ` for the account ${account.name}` : ''}`)
    createDatabase(paths, binaries, account, state.password, fsync)
  }
  makeFolder(paths.logFolder, account)

  const adopted = await settleEarlierPostgres(paths, binaries, state, fsync, log)
  if (!known && !isNew) {
    log.warn(`${stateFile} was lost; the database gets a new superuser password`)
    writeSettings(paths, state.port, fsync)
    resetPassword(paths, binaries, account, state.password)
  }

  const start = async () => {
    await waitForLeftovers(paths)
    disarmPidFile(paths.database)
    return await startFresh(paths, binaries, account, state, { stateFile, fsync })
  }
  const supervision: Supervision = supervise({ pid: adopted ?? (await start()), start, paths, log })
  log.info(
    `PostgreSQL ${binaries.version.split('-')[0]} ${adopted === undefined ? 'started' : 'was still running and is taken over'} ` +
      `on 127.0.0.1:${state.port} (${paths.database})`,
  )

  return {
    url: urlOf(state).href,
    adopted: adopted !== undefined,
    stop: async () => {
      await supervision.stop()
      lock.release()
    },
  }
}

/** Chooses where a new database lies: in the data folder, or where the account of a root process can reach it. */
function placeDatabase(
  folder: string,
  account: Account | undefined,
  log: EmbeddedPostgresOptions['log'],
): Paths {
  const inPlace = pathsIn(folder)
  if (!account || existsSync(inPlace.database) || makeFolder(inPlace.logFolder, account)) return inPlace
  rmSync(inPlace.logFolder, { recursive: true })
  const elsewhere = pathsIn(join(SHARED_FOLDER, `database-${randomBytes(6).toString('hex')}`))
  try {
    mkdirSync(elsewhere.home, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new PostgresStartError(
      'not_permitted',
      `Postgres cannot run as root, and the account ${account.name} can reach neither ${folder} nor ${elsewhere.home}. ` +
        'Set GROUNDWORK_DATA to a folder that other accounts can enter, e.g. /srv/groundwork.',
      { cause: error },
    )
  }
  log.warn(
    `The account ${account.name} cannot enter ${folder}, so the database lies in ${elsewhere.home} instead. ` +
      `${join(folder, 'state.json')} remembers that.`,
  )
  return elsewhere
}

/**
 * Deals with a Postgres that still runs on the folder: takes it over when it is healthy and runs with the binaries and
 * settings of this version, and stops it otherwise. Returns its process number when it was taken over.
 */
async function settleEarlierPostgres(
  paths: Paths,
  binaries: Binaries,
  state: PostgresState,
  fsync: boolean,
  log: EmbeddedPostgresOptions['log'],
): Promise<number | undefined> {
  const running = findPostmaster(paths)
  if (!running) return undefined
  const isCurrent =
    running.arguments[0]?.startsWith(binaries.postgres) &&
    isAlivePipeHeld(paths.alivePipe) &&
    existsSync(paths.settings) &&
    readFileSync(paths.settings, 'utf8') === settingsFor(paths, state.port, fsync)
  const isAlive = () => inspectProcess(running.pid) !== undefined
  if (
    isCurrent &&
    (await becomesReady({ url: urlOf(state), database: paths.database, isAlive, silenceMs: 10_000 }))
  ) {
    return running.pid
  }
  log.info(`Stopping an earlier Postgres (process ${running.pid}) of this data folder`)
  await stopPostmaster(running.pid, paths)
  return undefined
}

async function startFresh(
  paths: Paths,
  binaries: Binaries,
  account: Account | undefined,
  state: PostgresState,
  { stateFile, fsync }: { stateFile: string; fsync: boolean },
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    state.port = await freePort(attempt === 1 ? state.port : undefined)
    writeState(stateFile, state)
    writeSettings(paths, state.port, fsync)
    const startedAt = Date.now()
    const child = launch(paths, binaries, account)
    child.on('error', () => undefined)
    const isAlive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
    const ready = await becomesReady({
      url: urlOf(state),
      database: paths.database,
      isAlive,
      silenceMs: 60_000,
    })
    if (ready && child.pid !== undefined) return child.pid

    if (child.pid !== undefined) await stopPostmaster(child.pid, paths)
    const said = recentLog(paths, startedAt)
    // Another process may have taken the port between the look and the start.
    if (attempt < 5 && /could not (bind|create any TCP)/.test(said)) continue
    throw startFailure(paths, said)
  }
}

function settingsFor(paths: Paths, port: number, fsync: boolean): string {
  return renderSettings({ port, fsync, logFolder: paths.logFolder, clientRulesFile: paths.clientRules })
}

function writeSettings(paths: Paths, port: number, fsync: boolean) {
  writeFileSync(paths.clientRules, CLIENT_RULES, { mode: 0o644 })
  writeFileSync(paths.settings, settingsFor(paths, port, fsync), { mode: 0o644 })
}

function urlOf({ port, password }: PostgresState): URL {
  return new URL(`postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`)
}
