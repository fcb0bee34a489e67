import { openAsBlob } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file of an export on its way out; it can be read as often as wanted. */
export type OutgoingFile = {
  name: string
  bytes: number
  sha256: string
  /** From a byte on, up to another (exclusive); without them all of it. */
  read: (start?: number, end?: number) => AsyncIterable<Uint8Array>
}

/** What goes out together, the manifest last. */
export type OutgoingSet = {
  files: OutgoingFile[]
  /** Names of what earlier exports put at the same place and this one does not have; it goes away before the manifest says what is there. */
  stale: string[]
}

/** What went wrong on the way out, in words for the team. */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
}

/** All bytes of a small file. */
export async function wholeFile(file: OutgoingFile): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(file.read()))
}

/** Bytes of a file as something that has a length and can be sent again, whatever its size: stores want both. */
export function asBlob<T>(
  file: OutgoingFile,
  use: (blob: Blob) => Promise<T>,
  range: { start: number; end: number } = { start: 0, end: file.bytes },
): Promise<T> {
  return spooled(file.read(range.start, range.end), use)
}

/** The same for what is made while it is read. */
export async function spooled<T>(
  chunks: AsyncIterable<Uint8Array | string>,
  use: (blob: Blob) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-send-'))
  try {
    const path = join(folder, 'file')
    const handle = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk)
    } finally {
      await handle.close()
    }
    return await use(await openAsBlob(path))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
