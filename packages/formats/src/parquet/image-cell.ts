import {
  DuckDBBlobValue,
  type DuckDBStructType,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'

/** Whether a type is `struct<bytes, path>`, as Hugging Face stores files in their rows. */
export function isFile(type: DuckDBType): boolean {
  if (type.typeId !== DuckDBTypeId.STRUCT) return false
  const { entryNames, entryTypes } = type as DuckDBStructType
  const typeOf = (name: string) => entryTypes[entryNames.indexOf(name)]?.typeId
  return (
    entryNames.length === 2 &&
    typeOf('bytes') === DuckDBTypeId.BLOB &&
    typeOf('path') === DuckDBTypeId.VARCHAR
  )
}

/**
 * An image as a data URL, or, where the row holds no bytes, by its path; null where it holds neither.
 * @param onLost told of bytes that are no image of a kind that can be shown, such as sound
 */
export function imageOf(value: DuckDBValue, onLost: () => void): string | null {
  if (!(value instanceof DuckDBStructValue)) return null
  const { bytes, path } = value.entries
  if (bytes instanceof DuckDBBlobValue) {
    const kind = kindOf(bytes.bytes)
    if (kind !== null) return `data:image/${kind};base64,${Buffer.from(bytes.bytes).toString('base64')}`
    onLost()
    return null
  }
  return typeof path === 'string' && path !== '' ? path : null
}

/** The kind of an image by its first bytes. */
function kindOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  if (head.startsWith('\x89PNG')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp'
  return head.slice(4, 8) === 'ftyp' && /^avi[fs]/.test(head.slice(8)) ? 'avif' : null
}
