/** The first and the last byte wanted, both included, from 0. */
export type ByteRange = { start: number; end: number }
/** Bytes at once, or as they come. */
export type BlobSource = Uint8Array | AsyncIterable<Uint8Array>

/**
 * Where large bytes are kept: files by key, such as `media/ab/abcdef…`. A key is written whole or not at all, and what stands under
 * it never changes; so writing the same key again is harmless. Keys are lower-case letters, digits, `.`, `_`, `-` and `/`.
 */
export type BlobStore = {
  /**
   * Keeps bytes under a key. Once it resolves they outlive a crash of the machine.
   * @param type content type, for stores that note one
   */
  put(key: string, source: BlobSource, type: string): Promise<void>
  /** The bytes, or a part of them, as a stream; null when there is nothing under the key. The range must be inside. */
  get(key: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | null>
  /** How large it is; null when there is nothing under the key. */
  head(key: string): Promise<{ bytes: number } | null>
  exists(key: string): Promise<boolean>
  /** Forgets a key; nothing happens when there is nothing under it. */
  remove(key: string): Promise<void>
}

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/

/** @throws TypeError for a key that could lead out of the store */
export function checkKey(key: string): string {
  if (key.length > 300 || !KEY.test(key) || key.includes('..')) throw new TypeError(`Not a key: ${key}`)
  return key
}

/** Bytes as a stream of one chunk, streams as they are. */
export async function* chunksOf(source: BlobSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield source
  else yield* source
}
