import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../ids.ts'
import { type BlobStore, checkKey, chunksOf } from './blob-store.ts'

/** Keeps blobs as files in a folder, which is made when it is first needed. Processes that share a database must share it. */
export function folderStore(folder: string): BlobStore {
  const pathOf = (key: string) => join(folder, ...checkKey(key).split('/'))
  const head: BlobStore['head'] = async (key) => {
    const found = await stat(pathOf(key)).catch(unlessMissing)
    return found?.isFile() ? { bytes: found.size } : null
  }
  return {
    head,
    exists: async (key) => (await head(key)) !== null,
    put: async (key, source) => {
      const path = pathOf(key)
      const parent = dirname(path)
      await mkdir(parent, { recursive: true })
      // In the same folder, so that the rename is one step of the file system.
      const temporary = join(parent, `.${newId()}.part`)
      try {
        const file = await open(temporary, 'wx', 0o640)
        try {
          for await (const chunk of chunksOf(source)) await file.writeFile(chunk)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await syncFolder(parent)
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    get: async (key, range) => {
      if (!(await head(key))) return null
      return createReadStream(pathOf(key), range)
    },
  }
}

/** The new name, too, has to outlive a crash. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
