import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { PostgresStartError } from './postgres-start-error.ts'

/** The account Postgres runs under; undefined means the account of this process. */
export type Account = { name: string; uid: number; gid: number }

// `groundwork` is for operators who want an account of its own; `nobody` exists on every system.
const ACCOUNT_NAMES = ['groundwork', 'nobody']

/**
 * Postgres refuses to run as root. When this process is root, the answer is the owner of the database that is there
 * already, or else the first of the accounts `groundwork` and `nobody` that exists.
 */
export function chooseAccount(databaseFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(databaseFolder)) {
    const { uid, gid } = statSync(databaseFolder)
    if (uid !== 0) return { name: `user ${uid}`, uid, gid }
  }
  for (const name of ACCOUNT_NAMES) {
    const uid = numericId('-u', name)
    const gid = numericId('-g', name)
    if (uid !== undefined && gid !== undefined) return { name, uid, gid }
  }
  throw new PostgresStartError(
    'not_permitted',
    'Postgres refuses to run as root, and there is neither an account "groundwork" nor "nobody" to run it under. ' +
      'Create one (useradd --system groundwork), or start Groundwork as an ordinary user.',
  )
}

function numericId(flag: '-u' | '-g', name: string): number | undefined {
  try {
    const id = Number(
      execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
    // macOS shows nobody's -2 as an unsigned number; spawn wants it signed.
    return Number.isInteger(id) && id !== 0 ? id | 0 : undefined
  } catch {
    return undefined
  }
}

/** The part of spawn's options that makes a child run under the account. */
export function runAs(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

/** Postgres and its tools get nothing of this process's environment: no locale, time zone or PG* variable leaks in. */
export const TOOL_ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }

/** Whether the account can enter and write the folder: tried, because modes, ACLs and mounts all have a say. */
export function canWrite(account: Account | undefined, folder: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'test -x "$1" && test -w "$1"', 'sh', folder], {
    ...runAs(account),
    cwd: '/',
    env: TOOL_ENVIRONMENT,
    stdio: 'ignore',
  })
  return status === 0
}
