import { folderStore } from './folder-store.ts'
import { type S3Options, s3Store } from './s3-store.ts'

export type { BlobSource, BlobStore, ByteRange } from './blob-store.ts'
export { folderStore } from './folder-store.ts'
export { type S3Options, s3Store } from './s3-store.ts'

/** The bucket when one is configured, else the data folder. */
export const openStorage = (config: { s3: S3Options | undefined; dataFolder: string }) =>
  config.s3 ? s3Store(config.s3) : folderStore(config.dataFolder)
