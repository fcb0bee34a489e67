import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytes } from '../test/reading.ts'
import { FormatError, type ReadOptions, readTasks, saveWritten } from './index.ts'
import { runProcess } from './parquet/run-process.ts'

const row = (n: number) => ({
  prompt: [{ role: 'user', content: `q${n} 😀` }],
  chosen: [{ role: 'assistant', content: `good "${n}"\n` }],
  rejected: [{ role: 'assistant', content: 'bad' }],
})
const rows = Array.from({ length: 12 }, (_, index) => row(index))
const jsonl = `${rows.map((each) => JSON.stringify(each)).join('\n')}\n`
const cells = ({ prompt, chosen, rejected }: ReturnType<typeof row>) =>
  [prompt, chosen, rejected].map((each) => `"${JSON.stringify(each).replaceAll('"', '""')}"`).join(',')
const csv = `prompt,chosen,rejected\n${rows.map(cells).join('\n')}\n`

/** What came of a file: how many tasks, and each complaint in the order in which it was made. */
type Outcome = { tasks: number; said: string[] }

/** Anything but a `FormatError` fails the test: it is an accident, and no answer. */
async function outcomeOf(file: Uint8Array | string, options: Partial<ReadOptions> = {}): Promise<Outcome> {
  const outcome: Outcome = { tasks: 0, said: [] }
  try {
    for await (const item of readTasks(bytes(file, 65_536), { format: 'trl-preference', ...options })) {
      if (item.kind === 'task') outcome.tasks++
      if (item.kind === 'rejected') outcome.said.push(`${item.code}: ${item.message}`)
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    outcome.said.push(`whole file: ${error.code}: ${error.message}`)
  }
  return outcome
}

/** Numbers that look random and are the same every time. */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    yield state / 2 ** 32
  }
}

/** The file with single bytes changed, one at a time. */
function damaged(file: Uint8Array, count: number, seed: number, from = 0, to = file.length): Buffer[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, index) => {
    const copy = Buffer.from(file)
    const at = from + Math.floor(random.next().value * (to - from))
    copy[at] = [0xff, 0, (copy[at] ?? 0) ^ (1 << (index % 8))][index % 3] ?? 0
    return copy
  })
}

/** The file as far as each of some places that are spread over it. */
const cutOff = (file: Uint8Array, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => file.subarray(0, Math.floor((file.length * index) / count)))

const RESEND = 'Send the whole file again; what was read is not read twice.'
const cutTexts = [
  `cut_off: The file ends in the middle of this record. ${RESEND}`,
  `cut_off: The file ends in the middle of a character. ${RESEND}`,
  'cut_off: The file ends before the array is closed. Everything before this element was read; send the whole file again to add the rest.',
  'cut_off: A quote that opens in this record is never closed: the file is cut off, or a quote inside a field is not doubled ("").',
]

test('text that is cut off anywhere gives its whole rows and one complaint', async () => {
  const array = JSON.stringify(rows)
  for (const text of [jsonl, csv, array]) {
    for (const file of cutOff(Buffer.from(text), 40)) {
      const { tasks, said } = await outcomeOf(file)
      if (file.length === 0) expect(said).toEqual(['whole file: empty_file: The file is empty.'])
      else if (said.length > 0 && tasks > 0) expect(cutTexts).toContain(said[0])
      expect(said.length, file.toString()).toBeLessThanOrEqual(1)
    }
  }
})

test('compressed files that are cut off anywhere give what can be unpacked and one complaint', async () => {
  for (const packed of [gzipSync(jsonl), zstdCompressSync(jsonl)]) {
    for (const file of cutOff(packed, 30).slice(1)) {
      const { tasks, said } = await outcomeOf(file)
      expect(tasks).toBeLessThanOrEqual(rows.length)
      expect(said.at(-1)).toMatch(
        /^(whole file: compressed|cut_off): The compressed file ends early\. Send the whole file again; what was read is not read twice\.$|^whole file: /,
      )
    }
  }
})

test('compressed files with a changed byte end with a complaint, or are read', async () => {
  const texts = [
    'The compressed data is damaged and cannot be unpacked any further. Compress the file anew.',
    `The compressed file ends early. ${RESEND}`,
  ]
  for (const packed of [gzipSync(jsonl), zstdCompressSync(jsonl)]) {
    for (const file of damaged(packed, 40, 3)) {
      const { tasks, said } = await outcomeOf(file)
      expect(tasks).toBeLessThanOrEqual(rows.length)
      const complaint = said.find((each) => /compress/.test(each))
      if (complaint !== undefined) expect(texts).toContain(complaint.replace(/^(whole file: )?\w+: /, ''))
    }
  }
})

test('a forged size or checksum of gzip is noticed', async () => {
  for (const place of [4, 8]) {
    const file = Buffer.from(gzipSync(jsonl))
    file.writeUInt32LE(0xffff_ffff, file.length - place)
    expect((await outcomeOf(file)).said).toEqual([
      'whole file: compressed: The compressed data is damaged and cannot be unpacked any further. Compress the file anew.',
    ])
  }
})

test('files of other kinds are named for what they are', async () => {
  const table: [Uint8Array | string, string][] = [
    ['', 'empty_file: The file is empty.'],
    [' \n\t\r\n', 'empty_file: The file is empty.'],
    [gzipSync(gzipSync(jsonl)), 'compressed: The file is compressed twice. Unpack it once.'],
    [gzipSync(zstdCompressSync(jsonl)), 'compressed: The file is compressed twice. Unpack it once.'],
    [
      gzipSync('PAR1 and so on'),
      'binary_file: The file is Parquet inside of another compression. Unpack it; Parquet is compressed as it is.',
    ],
    [
      'PK\u0003\u0004',
      'compressed: The file is a ZIP archive or a spreadsheet. Unpack it, or save the sheet as CSV in UTF-8.',
    ],
    [
      Buffer.from('fd377a585a00', 'hex'),
      'compressed: The file is compressed with xz. Unpack it, or compress it with gzip or zstd.',
    ],
    [
      'BZh91AY&SY',
      'compressed: The file is compressed with bzip2. Unpack it, or compress it with gzip or zstd.',
    ],
    [
      Buffer.from('377abcaf271c', 'hex'),
      'compressed: The file is a 7z archive. Unpack it, or compress it with gzip or zstd.',
    ],
    [
      'ARROW1\u0000\u0000',
      'binary_file: The file is Arrow (Feather). Save it as JSON Lines, CSV or Parquet.',
    ],
    [
      'SQLite format 3\u0000',
      'binary_file: The file is a SQLite database. Save it as JSON Lines, CSV or Parquet.',
    ],
    ['%PDF-1.7', 'binary_file: The file is a PDF. Save it as JSON Lines, CSV or Parquet.'],
    [
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      'binary_file: The file is an old spreadsheet or document. Save it as JSON Lines, CSV or Parquet.',
    ],
    [Buffer.from(`\ufeff${jsonl}`, 'utf16le'), 'not_utf8: The file is UTF-16. Save it as UTF-8.'],
    [Buffer.from('fffe00007b000000', 'hex'), 'not_utf8: The file is UTF-32. Save it as UTF-8.'],
    ['PAR1', 'bad_parquet: The Parquet file ends early: its footer is missing. Send the whole file again.'],
  ]
  for (const [file, message] of table) {
    for (const format of ['auto', 'trl-preference'] as const) {
      expect(await outcomeOf(file, { format })).toEqual({ tasks: 0, said: [`whole file: ${message}`] })
    }
  }
})

test('wrong encodings cost the rows that they are in', async () => {
  const good = JSON.stringify(row(1))
  const latin1 = Buffer.from('{"prompt":"caf\u00e9","chosen":"a","rejected":"b"}', 'latin1')
  const utf8 = 'The record is not valid UTF-8. Save the file as UTF-8, or repair the broken characters.'
  const records: [Uint8Array | string, string | null][] = [
    [good, null],
    [latin1, `invalid_utf8: ${utf8}`],
    [Buffer.from([0xc0, 0xaf]), `invalid_utf8: ${utf8}`],
    [Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), `invalid_utf8: ${utf8}`],
    [Buffer.from([0xf5, 0x80, 0x80, 0x80]), `invalid_utf8: ${utf8}`],
    [
      '{"prompt":"q","chosen":"\\ud83d","rejected":"b"}',
      'lone_surrogate: "chosen" has half of a surrogate pair (\\ud800 to \\udfff alone); write the whole character.',
    ],
    [
      '{"prompt":"q","chosen":"a\\u0000","rejected":"b"}',
      'nul_character: "chosen" has a NUL character (\\u0000); remove it.',
    ],
    [good, null],
  ]
  const file = Buffer.concat(records.flatMap(([record]) => [Buffer.from(record), Buffer.from('\n')]))
  const expected = { tasks: 2, said: records.flatMap(([, said]) => said ?? []) }
  expect(await outcomeOf(file)).toEqual(expected)
  expect(await outcomeOf(gzipSync(file))).toEqual(expected)
})

test('a line without end is one bad record, and is not kept', async () => {
  async function* endless() {
    yield Buffer.from(`${JSON.stringify(row(1))}\n{"prompt":"`)
    const chunk = Buffer.alloc(1 << 20, 0x61)
    for (let index = 0; index < 1024; index++) yield chunk
    yield Buffer.from(`"}\n${JSON.stringify(row(2))}\n`)
  }
  const items = await Array.fromAsync(readTasks(endless(), { format: 'trl-preference' }))
  expect(items.map((item) => (item.kind === 'rejected' ? item.code : item.kind))).toEqual([
    'source',
    'task',
    'too_long',
    'task',
  ])
})

let folder: string
let parquet: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundwork-broken-'))
  parquet = await parquetOf('good', jsonl, rows.length)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function parquetOf(name: string, text: string | string[], kept: number): Promise<Buffer> {
  async function* blocks() {
    for (const each of typeof text === 'string' ? [text] : text) yield { split: 'train' as const, text: each }
  }
  const written = { blocks: blocks(), report: { kept, dropped: {}, notes: {}, splits: { train: kept } } }
  const fileName = `${name}.parquet`
  await saveWritten(written, { format: 'trl-preference', as: 'parquet', folder, fileName })
  return readFile(join(folder, fileName))
}

/** A table of any columns and rows. */
async function tableOf(name: string, columns: Record<string, string>, records: object[]): Promise<Buffer> {
  const [from, to] = [join(folder, `${name}.jsonl`), join(folder, `${name}.parquet`)]
  await writeFile(from, records.map((each) => `${JSON.stringify(each)}\n`).join(''))
  const running = runProcess({
    op: 'write',
    columns,
    images: [],
    metadata: {},
    shards: [{ from, to, rowsPerGroup: 1000, longest: 100_000 }],
  })
  await Array.fromAsync(running.output)
  expect(await running.ending()).toEqual({ kind: 'done' })
  return readFile(to)
}

test('Parquet that is cut off anywhere is refused as a whole', async () => {
  for (const file of cutOff(parquet, 40).slice(1)) {
    const named =
      file.length < 4
        ? /./
        : /^whole file: bad_parquet: The Parquet file ends early: its footer is missing\. Send the whole file again\.$/
    expect((await outcomeOf(file)).said[0]).toMatch(named)
  }
})

test('Parquet with a forged footer is refused', async () => {
  const long = Buffer.from(parquet)
  long.writeUInt32LE(0x7fff_ffff, long.length - 8)
  expect(await outcomeOf(long)).toEqual({
    tasks: 0,
    said: [
      'whole file: bad_parquet: The Parquet file is damaged: its footer claims to be longer than the file. Write it anew.',
    ],
  })
  const sealed = Buffer.from(parquet)
  sealed.write('PARE', sealed.length - 4)
  expect(await outcomeOf(sealed)).toEqual({
    tasks: 0,
    said: ['whole file: bad_parquet: The Parquet file is encrypted. Write it without encryption.'],
  })
  const short = Buffer.from(parquet)
  short.writeUInt32LE(3, short.length - 8)
  const { tasks, said } = await outcomeOf(short)
  expect([tasks, said[0]]).toEqual([0, expect.stringMatching(DAMAGED)])
})

const DAMAGED =
  /^(whole file: )?bad_parquet: The Parquet file is damaged: [^\n]+\. Write it anew, or send it whole\.$/

test('Parquet with a changed byte is refused, or is read', async () => {
  const footer = parquet.length - 8 - parquet.readUInt32LE(parquet.length - 8)
  const files = [
    ...damaged(parquet, 8, 11, footer, parquet.length - 8),
    ...damaged(parquet, 4, 12, 4, footer),
  ]
  for (const file of files) {
    const { tasks, said } = await outcomeOf(file)
    expect(tasks).toBeLessThanOrEqual(rows.length)
    for (const each of said) if (each.includes('bad_parquet')) expect(each).toMatch(DAMAGED)
  }
})

test('Parquet that expands without measure is left', async () => {
  const line = `${JSON.stringify({ ...row(1), chosen: [{ role: 'assistant', content: 'a'.repeat(30_000) }] })}\n`
  const block = line.repeat(100)
  const file = await parquetOf('dense', Array(25).fill(block), 2_500)
  const { tasks, said } = await outcomeOf(file)
  expect(tasks).toBeGreaterThan(1_000)
  expect(tasks).toBeLessThan(2_500)
  expect(said).toEqual([
    'bad_parquet: The Parquet file expands to more than 1000 times its size, so it is not read any further. Send it as JSON Lines.',
  ])
})

test('Parquet of other columns and types is told row by row', async () => {
  const types = { prompt: 'BIGINT', chosen: 'VARCHAR', rejected: 'VARCHAR' }
  const wrong = await tableOf('types', types, [{ prompt: 1, chosen: 'a', rejected: 'b' }])
  expect(await outcomeOf(wrong)).toEqual({
    tasks: 0,
    said: ['wrong_type: "prompt" is a number; it has to be text or a list of messages.'],
  })
  const texts = { prompt: 'VARCHAR', chosen: 'VARCHAR', rejected: 'VARCHAR', image: 'BLOB', score: 'DOUBLE' }
  const mixed = await tableOf('rows', texts, [
    { prompt: 'q', chosen: 'a', rejected: 'b', image: 'x', score: 1 },
    { prompt: 'q', chosen: 'a' },
    { prompt: 'q', chosen: 'x'.repeat(20_000), rejected: 'b' },
    { prompt: 'q', chosen: 'a', rejected: 'c' },
  ])
  expect(await outcomeOf(mixed, { limits: { recordBytes: 10_000 } })).toEqual({
    tasks: 2,
    said: [
      'missing_field: There is no "rejected". The record has "prompt", "chosen".',
      'too_long: The record is longer than 10000 bytes and was skipped. Split it, or move large attachments out of it.',
    ],
  })
  const items = await Array.fromAsync(readTasks(bytes(mixed, 65_536), { format: 'trl-preference' }))
  expect(items.filter((item) => item.kind === 'note')).toMatchObject([
    {
      code: 'binary_column_left_out',
      message: 'The column "image" holds bytes and is left out.',
    },
  ])
})

test('Parquet without rows is empty', async () => {
  const file = await tableOf('empty', { prompt: 'VARCHAR' }, [])
  for (const format of ['auto', 'trl-preference'] as const) {
    expect(await outcomeOf(file, { format })).toEqual({
      tasks: 0,
      said: ['whole file: empty_file: The Parquet file has no rows.'],
    })
  }
})
