export * from './app-error.ts'
export * from './audit-queries.ts'
export type { Config } from './config.ts'
export {
  type Database,
  type Db,
  enterScope,
  PREPARED,
  postgresCode,
  type Scope,
  sql,
  type Tx,
} from './database.ts'
export type { DB, Json, JsonObject } from './database-types.generated.ts'
export type { Deps } from './deps.ts'
export type { Authenticate, Caller } from './http/caller.ts'
export { type Access, type Input, route } from './http/route.ts'
export * from './ids.ts'
export type { EventHandler, JobHandler, Jobs, PeriodicWork } from './jobs/run-jobs.ts'
export type { Log } from './logging.ts'
export type { Mailer } from './mailer.ts'
export { addJob, type Event, publish } from './outbox-queries.ts'
export {
  type AllowedNetworks,
  allowNetworks,
  OutsideError,
  refusedUrl,
  sendOutside,
} from './outside/index.ts'
export * from './sealed-text.ts'
export type { BlobSource, BlobStore, ByteRange } from './storage/index.ts'
