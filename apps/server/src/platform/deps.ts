import type { Database } from './database.ts'
import type { Log } from './logging.ts'
import type { Mailer } from './mailer.ts'
import type { BlobStore } from './storage/index.ts'

/** What every capability may use. Built once, in the composition root. */
export type Deps = {
  database: Database
  log: Log
  mailer: Mailer
  /** Images and other large bytes. */
  storage: BlobStore
  /** Where people reach this instance, without a slash at the end. */
  publicUrl: string
  version: string
}
