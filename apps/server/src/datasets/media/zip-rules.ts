import { normalPath } from '@groundwork/contract/bundle'

/** What a zip may have, so that no small file becomes a large one. */
export type ZipLimits = {
  /** Of the zip itself. */
  bytes: number
  entries: number
  /** Of everything in it, unpacked. */
  unpacked: number
  /** Unpacked against packed, for entries over a few megabytes. */
  ratio: number
}
export const ZIP_LIMITS: ZipLimits = {
  bytes: 4 * 2 ** 30,
  entries: 100_000,
  unpacked: 32 * 2 ** 30,
  ratio: 200,
}

const FREE_BYTES = 8 * 1024 * 1024

/** What the directory of a zip says about one of its files. */
export type ZipEntry = {
  fileName: string
  compressedSize: number
  uncompressedSize: number
  compressionMethod: number
  encrypted: boolean
}

/** Why a zip cannot be taken as a whole. */
export type ZipProblem = { code: string; message: string }

const ARCHIVES = /\.(zip|jar|7z|rar|tar|tgz|tar\.(gz|bz2|xz|zst))$/i
/** The path of an entry as rows may name it; null when it leads out of the zip. */
export const entryPath = (name: string): string | null => normalPath(name)

/** What is wrong with an entry, whatever is in it. */
export function entryProblem(entry: ZipEntry, limits: ZipLimits): ZipProblem | undefined {
  const { fileName: name, compressedSize: packed, uncompressedSize: unpacked } = entry
  if (entryPath(name) === null)
    return {
      code: 'zip_path',
      message: `The zip holds "${name}", which leads out of it. Pack the folder again.`,
    }
  if (entry.encrypted)
    return { code: 'zip_encrypted', message: `"${name}" in the zip is encrypted. Pack without a password.` }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return {
      code: 'zip_method',
      message: `"${name}" is packed in a way that is not read here. Use the usual deflate.`,
    }
  if (ARCHIVES.test(name))
    return { code: 'zip_nested', message: `The zip holds another archive, "${name}". Unpack it first.` }
  if (unpacked > FREE_BYTES && unpacked > packed * limits.ratio)
    return {
      code: 'zip_ratio',
      message: `"${name}" expands to more than ${limits.ratio} times its size and is not unpacked.`,
    }
  return undefined
}
