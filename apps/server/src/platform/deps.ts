import type { Database } from './database.ts'
import type { Log } from './logging.ts'
import type { Mailer } from './mailer.ts'
import type { AllowedNetworks } from './outside/index.ts'
import type { BlobStore } from './storage/index.ts'

export type ExportPlaces = {
  /** Below it exports may be written on this machine; undefined: nowhere. */
  folder: string | undefined
  /** The Hugging Face Hub, or a mirror of it, without a slash at the end. */
  huggingFaceUrl: string
  /** Hosts of S3 stores to which teams may send exports, such as `s3.eu-central-1.amazonaws.com`; none: any that is not of this network. */
  s3Hosts: readonly string[]
}

/** What every capability may use. Built once, in the composition root. */
export type Deps = {
  database: Database
  log: Log
  mailer: Mailer
  /** Images and other large bytes. */
  storage: BlobStore
  /** Signs sessions and exports, and seals what must not be read in the database; the same for all processes of an instance. */
  secret: string
  /** Networks beside the public internet to which requests of teams may go; absent: none. */
  allowedNetworks?: AllowedNetworks
  /** What exports may reach beside the download. */
  exportPlaces: ExportPlaces
  /** Where people reach this instance, without a slash at the end. */
  publicUrl: string
  version: string
}
