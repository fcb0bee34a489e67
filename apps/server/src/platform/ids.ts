import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'

/** A new id: unguessable (74 random bits) and ordered by time, so that indexes stay dense. */
export const newId = (): string => randomUUIDv7()

/** A secret of `bytes` random bytes, URL-safe. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** What is stored of a secret with full entropy (API keys, links): a fast hash is enough against guessing. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** A hash of a JSON value that does not depend on the order of keys: says whether two requests are the same. */
export function hashJson(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
