import { createHash } from 'node:crypto'
import type { Deps } from '../platform/index.ts'
import { saveChunk } from './export-queries.ts'

/** Bytes of a stored piece: what a download holds in memory at a time. */
export const CHUNK_BYTES = 1024 * 1024

/** Writes one file of an export piece by piece into the database, counting and hashing on the way. */
export class ExportFileWriter {
  readonly #hash = createHash('sha256')
  readonly #deps: Deps
  readonly #job: { id: string; organization_id: string }
  readonly #name: string
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #bytes = 0
  #n = 0

  constructor(deps: Deps, job: { id: string; organization_id: string }, name: string) {
    this.#deps = deps
    this.#job = job
    this.#name = name
  }

  async write(piece: string | Buffer): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    while (this.#waitingBytes >= CHUNK_BYTES) await this.#store()
  }

  /** Stores what waits and gives the file's entry. */
  async end(): Promise<{ name: string; bytes: number; sha256: string }> {
    if (this.#waitingBytes > 0 || this.#n === 0) await this.#store()
    return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  async #store(): Promise<void> {
    const waiting = Buffer.concat(this.#waiting)
    // Pieces of one size, so that a byte is found without looking at those before it.
    const bytes = waiting.subarray(0, CHUNK_BYTES)
    const rest = waiting.subarray(CHUNK_BYTES)
    this.#waiting = rest.length > 0 ? [rest] : []
    this.#waitingBytes = rest.length
    const { id, organization_id: organizationId } = this.#job
    const n = this.#n++
    await this.#deps.database.transaction({ organization: organizationId }, (tx) =>
      saveChunk(tx, { exportId: id, organizationId, name: this.#name, n, bytes }),
    )
  }
}
