import { mkdir, open, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { DeliveryError, type OutgoingSet } from './export-source.ts'

/**
 * Puts the files into a folder below the one that the operator allows. A file appears under its name when it is whole; the manifest comes last.
 * @returns the path
 */
export async function sendToFolder(
  root: string | undefined,
  path: string,
  { files, stale }: OutgoingSet,
): Promise<string> {
  if (!root) throw new DeliveryError('This server allows no folder for exports (GROUNDWORK_EXPORT_FOLDER).')
  const folder = await openFolder(root, path)
  const inner = new Map<string, string>()
  for (const file of files) {
    if (file === files.at(-1)) await removeStale(root, folder, stale)
    const below = dirname(file.name)
    const place = inner.get(below) ?? (await openFolder(root, join(path, below)))
    inner.set(below, place)
    const name = basename(file.name)
    const temporary = join(place, `.${name}.part`)
    try {
      const handle = await open(temporary, 'w', 0o640)
      try {
        for await (const bytes of file.read()) await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(temporary, join(place, name))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
  return folder
}

/** A folder of images that is empty then goes, too. */
async function removeStale(root: string, folder: string, stale: string[]): Promise<void> {
  const top = await realpath(root)
  const below = new Set<string>()
  for (const name of stale) {
    // A link that somebody has put there may lead anywhere.
    const place = await realpath(dirname(join(folder, name))).catch(() => null)
    if (place === null || !isBelow(top, place)) continue
    await rm(join(place, basename(name)), { force: true })
    if (place !== folder) below.add(place)
  }
  for (const place of below) await rmdir(place).catch(() => {})
}

/** Goes down step by step, so that no link on the way leads elsewhere before it is noticed. */
async function openFolder(root: string, path: string): Promise<string> {
  const outside = () => new DeliveryError('The path leads out of the folder for exports.')
  if (!isBelow(resolve(root), resolve(root, path))) throw outside()
  await mkdir(root, { recursive: true })
  const top = await realpath(root)
  let folder = top
  for (const step of relative(resolve(root), resolve(root, path)).split(sep).filter(Boolean)) {
    await mkdir(join(folder, step)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    folder = await realpath(join(folder, step))
    if (!isBelow(top, folder)) throw outside()
  }
  return folder
}

const isBelow = (root: string, path: string): boolean => path === root || path.startsWith(`${root}${sep}`)
