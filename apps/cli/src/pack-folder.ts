import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { findDataFile, isBundled } from '@groundwork/contract/bundle'
import { Zip, ZipPassThrough } from 'fflate'

/** A zip without the extension for more takes no more. */
const MOST_BYTES = 4 * 2 ** 30 - 2 ** 26

/**
 * A folder of rows and images as one zip that is written while it is sent, nothing compressed.
 * @throws Error when there is not exactly one file with rows, or the folder is too large
 */
export async function packFolder(
  folder: string,
): Promise<{ dataFile: string; bytes: number; body: AsyncIterable<Uint8Array> }> {
  const files = await filesOf(folder)
  const data = findDataFile(files.map(({ path }) => path))
  if ('problem' in data) throw new Error(`${folder}: ${data.problem.message}`)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes > MOST_BYTES) {
    throw new Error(
      `${folder} has ${Math.ceil(bytes / 2 ** 20)} MB; a folder may have 4000. Split the rows and images.`,
    )
  }
  return { dataFile: data.path, bytes, body: zipped(folder, files) }
}

type Packed = { path: string; bytes: number }

/** Links are not followed: a folder is what is in it. */
async function filesOf(folder: string): Promise<Packed[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: Packed[] = []
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name)
    const path = relative(folder, full).split(sep).join('/')
    if (entry.isFile() && isBundled(path)) files.push({ path, bytes: (await stat(full)).size })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function* zipped(folder: string, files: Packed[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const take = () => {
    const taken = ready
    ready = []
    return taken
  }
  for (const { path } of files) {
    const entry = new ZipPassThrough(path)
    zip.add(entry)
    for await (const chunk of createReadStream(join(folder, path), { highWaterMark: 256 * 1024 })) {
      entry.push(chunk)
      yield* take()
    }
    entry.push(new Uint8Array(0), true)
    yield* take()
  }
  zip.end()
  yield* take()
}
