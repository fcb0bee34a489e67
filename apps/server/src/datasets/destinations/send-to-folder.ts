import { mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { DeliveryError, type OutgoingFile } from './export-source.ts'

/**
 * Puts the files into a folder below the one that the operator allows. A file appears under its name when it is whole; the manifest comes last.
 * @returns the path
 */
export async function sendToFolder(
  root: string | undefined,
  path: string,
  files: OutgoingFile[],
): Promise<string> {
  if (!root) throw new DeliveryError('This server allows no folder for exports (GROUNDWORK_EXPORT_FOLDER).')
  const folder = resolve(root, path)
  if (!isBelow(resolve(root), folder))
    throw new DeliveryError('The path leads out of the folder for exports.')
  await mkdir(folder, { recursive: true })
  // A link in the way could lead elsewhere.
  if (!isBelow(await realpath(root), await realpath(folder)))
    throw new DeliveryError('The path leads out of the folder for exports.')
  for (const file of files) {
    const temporary = join(folder, `.${file.name}.part`)
    try {
      const handle = await open(temporary, 'w', 0o640)
      try {
        for await (const bytes of file.read()) await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(temporary, join(folder, file.name))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
  return folder
}

const isBelow = (root: string, path: string): boolean => path === root || path.startsWith(`${root}${sep}`)
