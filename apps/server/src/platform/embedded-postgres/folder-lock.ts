import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { PostgresStartError } from './postgres-start-error.ts'

const SQLITE_BUSY = 5

export type FolderLock = { release(): void }

/**
 * Takes the folder for this process alone, until `release` or the end of the process, however it ends.
 *
 * The lock is the kernel's: SQLite holds it on the file `lock`, so there are no stale locks to detect, whatever became
 * of process numbers. The file `owner` beside it is only there to name the owner to others.
 *
 * @param waitMs how long an owner that is on its way out is waited for
 * @throws PostgresStartError `already_running` when the folder stays taken
 */
export async function lockFolder(folder: string, shownFolder: string, waitMs: number): Promise<FolderLock> {
  const ownerFile = join(folder, 'owner')
  const deadline = Date.now() + waitMs
  let connection = tryLock(join(folder, 'lock'))
  while (!connection) {
    if (Date.now() > deadline) throw alreadyRunning(shownFolder, ownerFile)
    await delay(50)
    connection = tryLock(join(folder, 'lock'))
  }
  const held = connection
  writeFileSync(ownerFile, `${process.pid} ${new Date().toISOString()}\n`)
  return {
    release() {
      rmSync(ownerFile, { force: true })
      held.close()
    },
  }
}

function tryLock(file: string): DatabaseSync | undefined {
  let connection: DatabaseSync | undefined
  try {
    // For this account alone: whoever may read the file could hold a lock on it too. Only when it is missing, because
    // closing a file gives up every lock that this process has on it.
    if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600, flag: 'a' })
    connection = new DatabaseSync(file, { timeout: 0 })
    connection.exec('begin exclusive')
    return connection
  } catch (error) {
    connection?.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined
    throw new PostgresStartError(
      'not_permitted',
      `${file} cannot be written (${String(error)}). Start Groundwork as the owner of its data folder, ` +
        'or choose another folder with GROUNDWORK_DATA.',
      { cause: error },
    )
  }
}

function alreadyRunning(shownFolder: string, ownerFile: string): PostgresStartError {
  let owner = 'Another Groundwork process'
  try {
    const [pid, since] = readFileSync(ownerFile, 'utf8').trim().split(' ')
    owner = `Another Groundwork (process ${pid}, running since ${since})`
  } catch {
    // The owner has just come or is just going; its number is not needed to say what matters.
  }
  return new PostgresStartError(
    'already_running',
    `${owner} is using the data folder ${shownFolder}. ` +
      'Stop it first, or give this one a folder of its own: GROUNDWORK_DATA=./other-data PORT=4200 npm start',
  )
}
