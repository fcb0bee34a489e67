import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Account, canWrite, runAs, TOOL_ENVIRONMENT } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Paths } from './paths.ts'
import { PostgresStartError } from './postgres-start-error.ts'
import { SUPERUSER } from './settings.ts'

/** Creates the folder for the account alone; false when the account cannot get into it. */
export function makeFolder(folder: string, account: Account | undefined): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
  return canWrite(account, folder)
}

/**
 * Makes a new, empty database with UTF-8 text whose order does not depend on the machine's locales.
 * An attempt that broke off leaves nothing behind that would be taken for a database.
 */
export function createDatabase(
  paths: Paths,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
  fsync: boolean,
) {
  removeUnfinished(paths)
  // A name of its own for every attempt: an initdb that outlived its killed parent may still be writing in the last one.
  const unfinished = `${paths.unfinished}-${randomBytes(4).toString('hex')}`
  makeFolder(unfinished, account)
  const passwordFile = join(paths.home, 'password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) chownSync(passwordFile, account.uid, account.gid)
  try {
    runTool(
      binaries.initdb,
      [
        ...['--pgdata', unfinished, '--username', SUPERUSER, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8'],
        ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        ...(fsync ? [] : ['--no-sync']),
      ],
      account,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, paths.database)
}

function removeUnfinished({ home, unfinished }: Paths) {
  for (const name of readdirSync(home)) {
    if (join(home, name).startsWith(unfinished)) rmSync(join(home, name), { recursive: true, force: true })
  }
}

/** Gives the superuser a new password without knowing the old one; no Postgres may run on the folder. */
export function resetPassword(
  paths: Paths,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
) {
  const singleUser = ['--single', '-D', paths.database, '-c', `config_file=${paths.settings}`]
  // The collector would take the messages away from the pipe that errors are read from.
  const options = ['-c', 'logging_collector=off', 'postgres']
  runTool(
    binaries.postgres,
    [...singleUser, ...options],
    account,
    `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`,
  )
}

/** Makes sure that an existing database fits these binaries and that the account can use it. */
export function checkDatabase(paths: Paths, binaries: Binaries, account: Account | undefined) {
  const owner = statSync(paths.database).uid
  if (account && owner === 0) {
    // Restored from a backup by root, for example; Postgres insists on owning its files.
    spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, paths.database])
  }
  if (!canWrite(account, paths.database)) {
    throw new PostgresStartError(
      'not_permitted',
      `The database in ${paths.database} belongs to user ${owner} and cannot be used by ` +
        `${account?.name ?? `user ${process.getuid?.()}`}. Start Groundwork as its owner, or hand it over with ` +
        `"chown -R" and make sure that the folders above it can be entered.`,
    )
  }
  const databaseVersion = readDatabaseVersion(paths)
  const ownVersion = binaries.version.split('.')[0]
  if (databaseVersion !== ownVersion) {
    throw new PostgresStartError(
      'wrong_version',
      `The database in ${paths.database} was made by PostgreSQL ${databaseVersion}, this is PostgreSQL ${ownVersion}. ` +
        'Dump it with the version of Groundwork that made it (pg_dump) and restore it into a new data folder.',
    )
  }
}

/** An account other than the folder's owner cannot read it, so this runs after the check of rights. */
function readDatabaseVersion(paths: Paths): string {
  const file = join(paths.database, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new PostgresStartError(
      'failed',
      `${paths.database} holds no database (PG_VERSION is missing). Restore it from a backup, or move it away to start anew.`,
    )
  }
  return readFileSync(file, 'utf8').trim()
}

function runTool(program: string, parameters: string[], account: Account | undefined, input = '') {
  const result = spawnSync(program, parameters, {
    ...runAs(account),
    cwd: '/',
    env: TOOL_ENVIRONMENT,
    input,
    encoding: 'utf8',
  })
  if (result.status === 0) return
  const said = [result.error?.message, result.stdout, result.stderr].filter(Boolean).join('\n').trim()
  const advice = /could not look up effective user ID/.test(said)
    ? '\nPostgres needs an account with a name: add one for this number (useradd), or set DATABASE_URL to another server.'
    : ''
  throw new PostgresStartError('failed', `${program} failed:\n${said}${advice}`)
}
