// What belongs to an import of several files: one with the rows, and the images that they show. Needs no Zod, so that the web app,
// the command line and the server go by the same rule.

/** Files that hold rows. */
const DATA = /\.(jsonl|ndjson|json|csv|tsv|parquet)(\.(gz|gzip|zst|zstd))?$/i
/** Files beside the data that only describe it. */
const DESCRIPTIONS =
  /^((dataset_infos?|manifest|croissant|metadata|package|config|signature)\.json|provenance\.jsonl)$/i
const IMAGES = /\.(png|jpe?g|webp|gif|avif)$/i

/** Whether a path of a zip or folder is a folder, or what systems put there by themselves. */
export function isHidden(path: string): boolean {
  const parts = path.split('/')
  return (
    path.endsWith('/') ||
    parts.some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db')
  )
}

export function isDataFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return DATA.test(name) && !DESCRIPTIONS.test(name)
}

/** Whether a file of a folder is worth sending: the rows, or an image by its name. What it really is, the server finds out. */
export const isBundled = (path: string): boolean => !isHidden(path) && (isDataFile(path) || IMAGES.test(path))

/**
 * The one file with rows among all files of a zip or folder, or why there is not one.
 * @param paths paths inside it
 */
export function findDataFile(
  paths: Iterable<string>,
): { path: string } | { problem: { code: 'zip_no_data' | 'zip_many_data'; message: string } } {
  const found = [...paths].filter(isDataFile)
  const [only, ...others] = found
  if (only === undefined) {
    const message = 'There is no file with rows (JSONL, JSON, CSV, TSV or Parquet). Put it beside the images.'
    return { problem: { code: 'zip_no_data', message } }
  }
  if (others.length === 0) return { path: only }
  const list = found.slice(0, 5).map((path) => `"${path}"`)
  const message = `There are ${found.length} files with rows (${list.join(', ')}${found.length > 5 ? ', …' : ''}). Leave one, and import the others by themselves.`
  return { problem: { code: 'zip_many_data', message } }
}

/** A relative path with `/` between its parts; null when it leads, or could lead, elsewhere. */
export function normalPath(name: string): string | null {
  const path = name.replaceAll('\\', '/')
  if (path === '' || path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.includes('\0'))
    return null
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.includes('..')) return null
  return parts.join('/').normalize('NFC')
}

/**
 * A file that rows name: from where the file with the rows is, or from a folder above it, the nearest first.
 * @param files by their paths in the zip or folder
 */
export function findBeside<T>(files: ReadonlyMap<string, T>, dataFile: string, path: string): T | undefined {
  const parts = dataFile.split('/').slice(0, -1)
  for (let up = parts.length; up >= 0; up--) {
    const found = files.get([...parts.slice(0, up), path].join('/'))
    if (found !== undefined) return found
  }
  return undefined
}

const INLINE = /!\[[^\]\n]{0,300}\]\(\s*<?([^\s<>()]{1,1000})/g
const DEFINED = /^ {0,3}\[[^\]\n]{1,300}\]:\s*<?([^\s<>]{1,1000})/gm

/** Addresses of images in Markdown, as they stand there: `![A chart](images/chart.png)`, `[1]: images/chart.png`. */
export function writtenImages(markdown: string): string[] {
  if (!markdown.includes('![')) return []
  return [...markdown.matchAll(INLINE), ...markdown.matchAll(DEFINED)].map(([, path = '']) => path)
}

/** The path that an address in Markdown means, where spaces and the like are written as %20. */
export function writtenPath(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
