import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/**
 * What must outlive a start: the port, so that an orphan can be found again; the superuser's password; and `home`, the
 * folder that holds the database where that is not the data folder, because Postgres's account cannot reach it.
 */
export type PostgresState = { port: number; password: string; home?: string }

/** The state of an earlier start, or undefined when there is none or it is not readable as such. */
export function readState(file: string): PostgresState | undefined {
  try {
    const { port, password, home } = JSON.parse(readFileSync(file, 'utf8'))
    if (!Number.isInteger(port) || typeof password !== 'string') return undefined
    return { port, password, ...(typeof home === 'string' ? { home } : {}) }
  } catch {
    return undefined
  }
}

/** Replaces the file in one step, readable for its owner only. */
export function writeState(file: string, state: PostgresState) {
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
