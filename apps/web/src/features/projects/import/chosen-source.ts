import { findBeside, findDataFile, isBundled, normalPath } from '@groundwork/contract/bundle'
import { SourceError } from './source-error.ts'
import { type NamedFile, zipFiles } from './zip-files.ts'
import { openZip, type Zip } from './zip-head.ts'

const PREVIEW_BYTES = 256 * 1024
/** Where rows hold images as data URLs, one row may be longer than that. */
const WITH_IMAGES_BYTES = 4 * 1024 * 1024
/** What Parquet holds only stands at its end, so it is looked at whole; larger ones are recognised when they are read. */
const PARQUET_BYTES = 32 * 1024 * 1024

/** What a person has chosen to import, as a file, a zip or a folder: what is looked at before, and what is sent. */
export type Source = {
  name: string
  size: number
  /** Files beside the one with the rows; 0 when it came alone. */
  beside: number
  /** The first bytes of the rows. */
  head: () => Promise<Blob>
  body: () => Promise<Blob>
  /** An image beside the rows, as they name it; null when there is none of a size that is taken. */
  image: (path: string) => Promise<Blob | null>
}

const MOST_IMAGE_BYTES = 20 * 2 ** 20

/** A file or zip, or the files of a folder. That it has not exactly one file with rows is said by its `head`, as a SourceError. */
export function openSource(files: readonly NamedFile[]): Source {
  const [only, ...others] = files
  if (only && others.length === 0) return fromFile(only.file)
  return fromFolder(files)
}

function fromFile(file: File): Source {
  let opened: Promise<Zip | null> | undefined
  const zip = () => {
    opened ??= openZip(file)
    return opened
  }
  return {
    name: file.name,
    size: file.size,
    beside: 0,
    head: async () =>
      (await withImages(async (bytes) => (await (await zip())?.head(bytes)) ?? null)) ??
      withImages(async (bytes) => file.slice(0, Math.max(bytes, headOf(file)))),
    body: async () => file,
    image: async (path) => (await (await zip())?.beside(path, MOST_IMAGE_BYTES)) ?? null,
  }
}

const headOf = ({ name, size }: File) =>
  /\.parquet$/i.test(name) && size <= PARQUET_BYTES ? size : PREVIEW_BYTES

function fromFolder(files: readonly NamedFile[]): Source {
  const kept = files.filter(({ path }) => isBundled(path))
  const found = findDataFile(kept.map(({ path }) => path))
  const data = 'path' in found ? kept.find(({ path }) => path === found.path) : undefined
  const byPath = new Map(kept.map(({ path, file }) => [normalPath(path) ?? path, file]))
  return {
    name: files[0]?.path.split('/')[0] ?? '',
    size: kept.reduce((sum, { file }) => sum + file.size, 0),
    beside: Math.max(0, kept.length - 1),
    head: async () => {
      if ('problem' in found) throw new SourceError(found.problem.message)
      return withImages(async (bytes) => data?.file.slice(0, bytes) ?? new Blob([]))
    },
    body: () => zipFiles(kept),
    image: async (path) => {
      const image = data && findBeside(byPath, data.path, path)
      return image && image.size <= MOST_IMAGE_BYTES ? image : null
    },
  }
}

/** The first bytes of rows, more of them where they hold images. */
async function withImages<T extends Blob | null>(first: (bytes: number) => Promise<T>): Promise<T> {
  const head = await first(PREVIEW_BYTES)
  return head && /data:image\//.test(await head.slice(0, PREVIEW_BYTES).text())
    ? first(WITH_IMAGES_BYTES)
    : head
}

/** The files of what was dropped: a folder is read to its depths. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // The list is emptied as soon as the event is over, so all of it is taken before anything is waited for.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = [...transfer.files]
  if (entries.length === 0) return files.map((file) => ({ path: file.name, file }))
  return (await Promise.all(entries.map(filesOfEntry))).flat()
}

async function filesOfEntry(entry: FileSystemEntry): Promise<NamedFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [{ path, file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: NamedFile[] = []
  for (;;) {
    // A hundred at a time, until there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return found
    for (const each of some) found.push(...(await filesOfEntry(each)))
  }
}

/** The files of a chosen folder, by their paths in it. */
export const pickedFiles = (list: FileList): NamedFile[] =>
  [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
