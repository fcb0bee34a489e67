// A program of its own: reads or writes Parquet with DuckDB, and ends. Files of strangers are read here, so that whatever is wrong with one takes
// nothing else down; the only files within reach are those of the request.
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import {
  DATABASE_MEMORY,
  type FaultReason,
  MAX_COLUMNS,
  PROCESS_MEMORY,
  type Request,
  type Status,
} from './request.ts'

const STATUS = 3
const MEBIBYTE = 1024 * 1024
const BLOCK = 64 * 1024
/** Rows between two words about how far it is. */
const PROGRESS_ROWS = 8_192

/** Something that is wrong with the file, as opposed to this program. */
class Fault extends Error {
  readonly reason: FaultReason
  constructor(reason: FaultReason, detail = '') {
    super(detail)
    this.reason = reason
  }
}

function say(status: Status): void {
  writeSync(STATUS, `${JSON.stringify(status)}\n`)
}

/** A database without a file, that can reach the given files and nothing else, for good. */
async function open(files: string[]): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api').catch((error: unknown) => {
    throw new Fault('unavailable', String(error))
  })
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: `${DATABASE_MEMORY}MiB`,
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`)
  await connection.run("SET temp_directory = ''")
  // Whole column chunks in advance would be hundreds of megabytes in files of long texts.
  await connection.run('SET disable_parquet_prefetching = true')
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  return connection
}

async function read({ file, recordBytes, maxBytes }: Extract<Request, { op: 'read' }>): Promise<void> {
  const connection = await open([file])
  const { holdsBytes, jsonOf } = await import('./json-value.ts')
  const from = `read_parquet(${quoteText(file)}, hive_partitioning = false, binary_as_string = false)`
  const schema = await connection.run(`SELECT * FROM ${from} LIMIT 0`)
  const all = schema.columnNames().map((name, index) => ({ name, type: schema.columnType(index) }))
  if (all.length > MAX_COLUMNS) throw new Fault('columns', String(all.length))
  if (all.some(({ name }) => name.includes('\u0000'))) throw new Fault('damaged', NUL_IN_NAME)
  const columns = all.filter(({ type }) => !holdsBytes(type))
  const counted = await connection.runAndReadAll(
    `SELECT num_rows FROM parquet_file_metadata(${quoteText(file)})`,
  )
  const total = Number(counted.getRows()[0]?.[0] ?? 0)
  const leftOut = all.filter(({ type }) => holdsBytes(type)).map(({ name }) => name)
  say({ kind: 'opened', rows: total, leftOut })
  if (columns.length === 0) return

  const query = `SELECT ${columns.map(({ name }) => quoteName(name)).join(', ')} FROM ${from}`
  const result = await connection.stream(query)
  let lost = 0
  const fields = columns.map(({ name, type }) => ({ name, json: jsonOf(type, () => lost++) }))
  let rows = 0
  let given = 0
  let waiting = ''
  const flush = async () => {
    if (waiting !== '' && !process.stdout.write(waiting)) await once(process.stdout, 'drain')
    waiting = ''
  }
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    const vectors = fields.map((_, index) => chunk.getColumnVector(index))
    for (let index = 0; index < chunk.rowCount; index++) {
      // A slice forgets its value; a vector would keep those of two thousand rows.
      const cells = fields.map(({ name, json }, column) => [
        name,
        json(vectors[column]?.slice(index, 1).getItem(0) ?? null),
      ])
      const text = JSON.stringify(Object.fromEntries(cells.filter(([, value]) => value !== null)))
      given += text.length
      if (given > maxBytes) {
        await flush()
        throw new Fault('dense')
      }
      waiting += text.length > recordBytes ? `${text.slice(0, recordBytes + 1)}\n` : `${text}\n`
      if (waiting.length >= BLOCK) await flush()
    }
    rows += chunk.rowCount
    if (rows % PROGRESS_ROWS < chunk.rowCount) say({ kind: 'progress', rows })
  }
  await flush()
  if (lost > 0) say({ kind: 'lost', images: lost })
  if (rows === total) return
  // A stream that breaks off ends as if it were whole; a query that is no stream says what is wrong.
  await connection.run(
    `SELECT ${columns.map(({ name }) => `count(${quoteName(name)})`).join(', ')} FROM ${from}`,
  )
  throw new Fault('damaged', `it says that it has ${total} rows, and has ${rows}`)
}

const NUL_IN_NAME = 'the name of a column has a NUL character'
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`
const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function write({
  columns,
  images,
  metadata,
  shards,
}: Extract<Request, { op: 'write' }>): Promise<void> {
  const connection = await open(shards.flatMap(({ from, to }) => [from, to]))
  const types = Object.entries(columns).map(([name, type]) => `${quoteText(name)}: ${quoteText(type)}`)
  const decoded = images.map(
    (name) =>
      `list_transform(${quoteName(name)}, lambda image: {'bytes': from_base64(image.bytes), 'path': image.path}) AS ${quoteName(name)}`,
  )
  const selected = decoded.length > 0 ? `* REPLACE (${decoded.join(', ')})` : '*'
  const said = Object.entries(metadata).map(([key, value]) => `${quoteName(key)}: ${quoteText(value)}`)
  const further = said.length > 0 ? `, KV_METADATA {${said.join(', ')}}` : ''
  for (const { from, to, rowsPerGroup, longest } of shards) {
    // The reader keeps twice this much; its own default is 16 MiB.
    const longestObject = Math.max(4 * MEBIBYTE, longest + 1024)
    await connection.run(
      `COPY (SELECT ${selected} FROM read_json(${quoteText(from)}, format = 'newline_delimited', columns = {${types.join(', ')}}, ` +
        `maximum_object_size = ${longestObject}, compression = 'uncompressed')) TO ${quoteText(to)} ` +
        `(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowsPerGroup}, USE_TMP_FILE false${further})`,
    )
    say({ kind: 'progress', rows: 0 })
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new Fault(/out of memory/i.test(detail) ? 'memory' : 'damaged', detail)
}

/** The first line of standard input. When that closes, nobody waits for the answer any more. */
async function request(): Promise<Request> {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    if (text.includes('\n')) break
  }
  process.stdin
    .on('end', () => process.exit(0))
    .on('error', () => process.exit(0))
    .resume()
  return JSON.parse(text)
}

process.stdout.on('error', () => process.exit(0))
setInterval(() => {
  if (process.memoryUsage.rss() < PROCESS_MEMORY * MEBIBYTE) return
  say({ kind: 'fault', reason: 'memory', detail: '' })
  process.exit(1)
}, 50).unref()

try {
  const asked = await request()
  await (asked.op === 'read' ? read(asked) : write(asked))
  await new Promise((written) => process.stdout.write('', written))
  say({ kind: 'done' })
} catch (error) {
  const { reason, message } = faultOf(error)
  say({ kind: 'fault', reason, detail: message })
}
process.exit(0)
