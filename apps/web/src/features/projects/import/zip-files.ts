import { SourceError } from './source-error.ts'

/** A file by its path in a folder. */
export type NamedFile = { path: string; file: File }

const MOST_BYTES = 4 * 2 ** 30 - 2 ** 26
const UTF8_NAMES = 0x0800

/**
 * Files as one zip, nothing compressed. The zip refers to the files on the disk; of none of them more than a piece is in memory.
 * @throws SourceError in words for the person when there are too many bytes for a zip
 */
export async function zipFiles(files: readonly NamedFile[]): Promise<Blob> {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  if (bytes > MOST_BYTES || files.length > 65_000) {
    throw new SourceError('The folder has more than 4000 MB or 65,000 files. Split the rows and images.')
  }
  const parts: BlobPart[] = []
  const directory: BlobPart[] = []
  let offset = 0
  for (const { path, file } of files) {
    const name = new TextEncoder().encode(path)
    const crc = await checksum(file)
    const shared = [20, UTF8_NAMES, 0, 0, 0x21] as const
    const local = fields(
      [0x04034b50, 4],
      ...two(...shared),
      [crc, 4],
      [file.size, 4],
      [file.size, 4],
      [name.length, 2],
      [0, 2],
    )
    parts.push(local, name, file)
    directory.push(
      fields(
        [0x02014b50, 4],
        [20, 2],
        ...two(...shared),
        [crc, 4],
        [file.size, 4],
        [file.size, 4],
        [name.length, 2],
      ),
      fields([0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      name,
    )
    offset += local.length + name.length + file.size
  }
  const index = new Blob(directory)
  const end = fields(
    [0x06054b50, 4],
    ...two(0, 0, files.length, files.length),
    [index.size, 4],
    [offset, 4],
    [0, 2],
  )
  return new Blob([...parts, index, end], { type: 'application/zip' })
}

const two = (...values: number[]) => values.map((value) => [value, 2] as const)

/** Numbers of two or four bytes, little end first. */
function fields(...values: (readonly [value: number, bytes: number])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [, bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [value, bytes] of values) {
    if (bytes === 4) view.setUint32(at, value, true)
    else view.setUint16(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

const table = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** CRC-32 (ISO 3309) of a file, read piece by piece. */
async function checksum(file: Blob): Promise<number> {
  let crc = 0xffffffff
  const reader = file.stream().getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    for (const byte of next.value) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  }
  return (crc ^ 0xffffffff) >>> 0
}
