import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytes, converted, readAll, readGood } from '../../test/reading.ts'
import { samples } from '../../test/samples.ts'
import {
  convert,
  detectFormat,
  type Feature,
  previewSource,
  readTasks,
  saveWritten,
  see,
  tableFeatures,
  type WriteFormat,
  type WriteReport,
  type Written,
  writers,
} from '../index.ts'
import { selfDescribing } from '../read-formats.ts'
import { runProcess } from './run-process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundwork-parquet-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Between them they have every kind of column. */
const various = ['raw', 'trl-sft', 'helpsteer3', 'alpaca', 'axolotl', 'argilla', 'label-studio'] as const

test.each(various)('%s: Parquet holds the rows of the JSON Lines', async (to) => {
  const { text, written } = await everySampleAs(to)
  const out = join(folder, to)
  const files = await saveWritten(written, { format: to, as: 'parquet', folder: out })
  expect(files).toMatchObject([{ name: NAME, split: 'train', rows: written.report.kept }])
  const parquet = await readFile(join(out, NAME))
  const options = { format: to, kinds: 'all' } as const
  expect(await readAll(parquet, options, 4096)).toEqual(await readAll(text, options, 4096))
})

test.each(Object.keys(writers) as WriteFormat[])(
  '%s: the columns have a place for all that rows hold',
  async (to) => {
    const { text, written } = await everySampleAs(to)
    const columns = tableFeatures(to, written.report)
    for (const line of text.trimEnd().split('\n')) expect(misfit(JSON.parse(line), columns), line).toBeNull()
  },
)

/** The path of what a row has and its columns do not; null when they have all of it. */
function misfit(row: Record<string, unknown>, columns: readonly Feature[]): string | null {
  for (const [name, value] of Object.entries(row)) {
    const column = columns.find((each) => each.name === name)
    const wrong = column ? misfitValue(value, column) : ''
    if (wrong !== null) return `${name}.${wrong}`
  }
  return null
}

function misfitValue(value: unknown, column: Feature): string | null {
  if ('dtype' in column) return fitsScalar(value, column.dtype) ? null : column.dtype
  if ('struct' in column) return misfit(value as Record<string, unknown>, column.struct)
  if (!Array.isArray(value)) return 'list'
  const { list } = column
  if (Array.isArray(list))
    return value.map((each) => misfit(each, list)).find((each) => each !== null) ?? null
  if (typeof list === 'string') return value.every((each) => fitsScalar(each, list)) ? null : list
  return value.flat().every((each) => fitsScalar(each, list.list)) ? null : 'list of lists'
}

function fitsScalar(value: unknown, dtype: string): boolean {
  if (dtype === 'int64') return Number.isInteger(value)
  return dtype === 'json' || typeof value === { string: 'string', bool: 'boolean', float64: 'number' }[dtype]
}

const NAME = 'train-00000-of-00001.parquet'

/** Rows of a format from every sample that gives some. */
async function everySampleAs(to: WriteFormat): Promise<{ text: string; written: Written }> {
  const report: WriteReport = { kept: 0, dropped: {}, notes: {}, splits: {} }
  let text = ''
  for (const { name } of selfDescribing) {
    const each = await converted([samples[name]], to, { from: name })
    text += each.text
    report.kept += each.report.kept
    Object.assign(report.notes, each.notes)
    for (const [kind, all] of Object.entries(each.report.seen ?? {}))
      for (const one of all) see(report, kind, one)
  }
  async function* blocks() {
    yield { split: 'train' as const, text }
  }
  return { text, written: { blocks: blocks(), report } }
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    prompt: [{ role: 'user', content: `q ${index} 😀\r\n\u2028 ` }],
    chosen: [{ role: 'assistant', content: `a${index}` }],
    rejected: [{ role: 'assistant', content: 'b' }],
  }))

async function saveRows(
  count: number,
  name: string,
  options: { shardBytes?: number; fileName?: string } = {},
) {
  const out = join(folder, name)
  const written = convert(bytes(rows(count), 65_536), {
    from: 'trl-preference',
    to: 'trl-preference',
    write: { testShare: 0.2, seed: 7 },
  })
  const files = await saveWritten(written, {
    format: 'trl-preference',
    as: 'parquet',
    folder: out,
    ...options,
  })
  return { out, files }
}

test('a split is cut into shards by size, in order, and equal input gives equal bytes', async () => {
  const once = await saveRows(3_000, 'shards', { shardBytes: 100_000 })
  const names = once.files.map(({ name }) => name)
  expect(names.filter((name) => name.startsWith('train'))).toEqual([
    'train-00000-of-00003.parquet',
    'train-00001-of-00003.parquet',
    'train-00002-of-00003.parquet',
  ])
  expect(names.filter((name) => name.startsWith('test'))).toEqual(['test-00000-of-00001.parquet'])
  const read: string[] = []
  for (const name of names.filter((each) => each.startsWith('train'))) {
    for (const item of await readAll(await readFile(join(once.out, name)), {}, 65_536)) {
      if (item.kind === 'task') read.push(JSON.stringify(item.task.candidates[0]?.messages[0]?.parts))
    }
  }
  const order = read.map((text) => Number(/a(\d+)/.exec(text)?.[1]))
  expect(order).toEqual(order.toSorted((left, right) => left - right))
  expect(order.length).toBe(
    once.files.filter(({ split }) => split === 'train').reduce((sum, { rows: n = 0 }) => sum + n, 0),
  )
  const again = await saveRows(3_000, 'shards-again', { shardBytes: 100_000 })
  expect(again.files).toEqual(once.files)
})

test('a file whose type only shows at its end is recognised when all of it is there', async () => {
  const { out } = await saveRows(40, 'recognised')
  const parquet = await readFile(join(out, NAME))
  expect(detectFormat(parquet)).toMatchObject({ format: null, container: { kind: 'parquet' } })
  expect(detectFormat(parquet).evidence).toMatch(/^The file is Parquet\./)
  const [source] = await Array.fromAsync(readTasks(bytes(parquet, 1000), { format: 'auto' }))
  expect(source).toMatchObject({ kind: 'source', format: 'trl-preference', container: 'parquet' })
  const preview = await previewSource(bytes(parquet, 1000), { format: 'auto', limit: 3 })
  expect(preview).toMatchObject({ format: 'trl-preference', fields: ['prompt', 'chosen', 'rejected'] })
  expect(preview.tasks).toHaveLength(3)
})

test('a local file is read where it stands, whatever its name is', async () => {
  const { out } = await saveRows(40, "it's [odd]")
  const shares: number[] = []
  const file = { path: join(out, NAME), onProgress: (share: number) => shares.push(share) }
  const items = await Array.fromAsync(readTasks(bytes(await readFile(file.path)), { format: 'auto', file }))
  expect(items.filter(({ kind }) => kind === 'task').length).toBeGreaterThan(20)
})

test('a reader who stops early leaves no process and no file behind', async () => {
  const { out } = await saveRows(3_000, 'early')
  const path = join(out, 'train-00000-of-00001.parquet')
  for await (const item of readTasks(bytes(await readFile(path), 65_536), { format: 'auto' })) {
    if (item.kind === 'task') break
  }
  const [left] = process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap')
  expect(left).toBeUndefined()
})

test('values of every kind come as JSON that means the same', async () => {
  const columns = {
    prompt: 'VARCHAR',
    chosen: 'VARCHAR',
    rejected: 'VARCHAR',
    whole: 'BIGINT',
    big: 'BIGINT',
    score: 'DOUBLE',
    nan: 'DOUBLE',
    price: 'DECIMAL(9,2)',
    day: 'DATE',
    moment: 'TIMESTAMP',
    json: 'JSON',
    nested: 'STRUCT(a BIGINT, b STRUCT(c VARCHAR)[])',
    map: 'MAP(VARCHAR, BIGINT)',
  }
  const record = {
    prompt: 'q',
    chosen: 'a',
    rejected: 'b',
    whole: 3,
    big: '9007199254740993',
    score: 0.1,
    nan: 'nan',
    price: 1.25,
    day: '2026-01-31',
    moment: '2026-01-31 12:30:00.5',
    json: { none: null, list: [1, 'x'] },
    nested: { a: null, b: [{ c: 'x' }, { c: null }, null] },
    map: { one: 1 },
  }
  const [from, to] = [join(folder, 'kinds.jsonl'), join(folder, 'kinds.parquet')]
  await writeFile(from, `${JSON.stringify(record)}\n`)
  const running = runProcess({
    op: 'write',
    columns,
    images: [],
    metadata: {},
    shards: [{ from, to, rowsPerGroup: 1000, longest: 1000 }],
  })
  await Array.fromAsync(running.output)
  expect(await running.ending()).toEqual({ kind: 'done' })
  const [item] = await readGood(await readFile(to), {}, 4096)
  expect(item?.task.metadata).toEqual({
    whole: 3,
    big: '9007199254740993',
    score: 0.1,
    price: 1.25,
    day: '2026-01-31',
    moment: '2026-01-31 12:30:00.5',
    json: { none: null, list: [1, 'x'] },
    nested: { b: [{ c: 'x' }, {}, null] },
    map: { one: 1 },
  })
})

test('DuckDB is loaded by the process that needs it, and by nothing else', () => {
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  expect(sharedObjects.length).toBeGreaterThan(0)
  expect(sharedObjects.filter((path) => path.includes('duckdb'))).toEqual([])
})
