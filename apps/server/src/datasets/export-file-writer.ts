import { createHash } from 'node:crypto'
import type { Deps } from '../platform/index.ts'
import { saveChunk } from './export-queries.ts'

/** Bytes of a stored piece: what a download holds in memory at a time. */
const CHUNK = 1024 * 1024

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

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8')
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes >= CHUNK) await this.#store()
  }

  /** Stores what waits and gives the file's entry. */
  async end(): Promise<{ name: string; bytes: number; sha256: string }> {
    if (this.#waitingBytes > 0 || this.#n === 0) await this.#store()
    return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  async #store(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    const { id, organization_id: organizationId } = this.#job
    const n = this.#n++
    await this.#deps.database.transaction({ organization: organizationId }, (tx) =>
      saveChunk(tx, { exportId: id, organizationId, name: this.#name, n, bytes }),
    )
  }
}
