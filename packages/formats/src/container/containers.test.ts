import { Buffer } from 'node:buffer'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, readAll, readGood } from '../../test/reading.ts'
import { FormatError } from '../faults.ts'
import { detectFormat, previewTasks, readTasks } from '../index.ts'
import { PendingBytes } from './frame.ts'
import { RecordReader } from './records.ts'
import type { Container } from './sniff.ts'

const row = (n: number) => ({ prompt: `q${n}`, chosen: `good ${n}`, rejected: `bad ${n}` })
const line = (n: number) => JSON.stringify(row(n))
const lines = async (content: string | Uint8Array, size?: number) =>
  (await readAll(content, { format: 'trl-preference' }, size)).map((item) =>
    item.kind === 'rejected' ? `${item.line} ${item.code}` : item.line,
  )

test('JSON Lines: CRLF, byte order mark, blank lines, no last line end', async () => {
  const file = `\ufeff${line(1)}\r\n\r\n   \n${line(2)}\n\n${line(3)}`
  for (const size of [1, 5, 1_000]) expect(await lines(file, size)).toEqual([1, 4, 6])
})

test('U+2028 and U+0085 inside a text end no line', async () => {
  const text = 'one\u2028two\u2029three\u0085four'
  const [item] = await readGood(`{"prompt":"q","chosen":"${text}","rejected":"x"}\n`)
  expect(item?.task.candidates[0]?.messages[0]?.parts[0]).toEqual({ type: 'text', text })
})

test('a JSON array is read element by element, whatever its layout', async () => {
  const compact = `[${line(1)},${line(2)}]`
  const pretty = JSON.stringify([row(1), row(2)], null, 2)
  for (const file of [compact, pretty, ` \n [ ${line(1)} , ${line(2)} ] \n`]) {
    for (const size of [1, 3, 1_000]) expect(await lines(file, size)).toEqual([1, 2])
  }
})

test('a JSON array goes on after a bad element', async () => {
  const file = `[${line(1)},{"chosen" "]"},42,,${line(5)}] x`
  expect(await lines(file)).toEqual([
    1,
    '2 bad_json',
    '3 not_an_object',
    '4 bad_json',
    5,
    '6 trailing_content',
  ])
})

test('brackets, braces and escaped quotes inside texts cut no element', async () => {
  const text = '}],[{ \\" \\\\'
  const [item] = await readGood(JSON.stringify([{ prompt: 'q', chosen: text, rejected: 'x' }]), {}, 1)
  expect(item?.task.candidates[0]?.messages[0]?.parts[0]).toEqual({ type: 'text', text })
})

test('a file that is cut off gives its good rows, then one record cut_off', async () => {
  const whole = `${line(1)}\n${line(2)}\n`
  expect(await lines(whole.slice(0, -12))).toEqual([1, '2 cut_off'])
  expect(await lines(`[${line(1)},${line(2).slice(0, -4)}`)).toEqual([1, '2 cut_off'])
  expect(await lines(`[${line(1)},${line(2)}`)).toEqual([1, 2, '3 cut_off'])
  expect(await lines(`[${line(1)},`)).toEqual([1, '2 cut_off'])
  expect(await lines('prompt,chosen,rejected\nq,a,b\nq,"a long')).toEqual([2, '3 cut_off'])
  expect(await lines('prompt,chosen,rejected\nq,a,b\nq,a')).toEqual([2, '3 cut_off'])
})

test('a file that is cut off inside a character says so, and broken UTF-8 costs only its own record', async () => {
  const emoji = Buffer.from(`${line(1)}\n{"prompt":"😀`)
  expect(await lines(emoji.subarray(0, -2))).toEqual([1, '2 cut_off'])
  const broken = Buffer.concat([
    Buffer.from(`${line(1)}\n{"prompt":"`),
    Buffer.from([0xff]),
    Buffer.from(`"}\n${line(3)}`),
  ])
  expect(await lines(broken)).toEqual([1, '2 invalid_utf8', 3])
  const surrogate = Buffer.concat([
    Buffer.from('{"prompt":"'),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from('"}\n'),
  ])
  expect(await lines(surrogate)).toEqual(['1 invalid_utf8'])
})

test('a record over the limit is skipped and reading goes on', async () => {
  const long = JSON.stringify({ prompt: 'q', chosen: 'x'.repeat(500), rejected: 'y' })
  const options = { format: 'trl-preference', limits: { recordBytes: 200 } } as const
  expect(await faultsOf(`${line(1)}\n${long}\n${line(3)}`, options)).toEqual(['2 too_long'])
  expect(await faultsOf(`[${line(1)},${long},${line(3)}]`, options)).toEqual(['2 too_long'])
  const csv = `prompt,chosen,rejected\nq,a,b\nq,"${'x\n'.repeat(300)}",b\nq,a,c\n`
  expect(await lines(csv)).toEqual([2, 3, 304])
  expect(await faultsOf(csv, options)).toEqual(['3 too_long'])
})

test('of one endless line nothing is kept, and reading goes on after it', () => {
  const pending = new PendingBytes(1 << 20)
  const megabyte = Buffer.alloc(1 << 20, 0x78)
  for (let round = 0; round < 5; round++) pending.append(megabyte)
  expect([pending.overflowed, pending.take().length]).toEqual([true, 0])

  const reader = new RecordReader({ kind: 'jsonl' }, 1 << 20)
  const found = [...reader.push(Buffer.from('{"a":"'))]
  for (let round = 0; round < 2_000; round++) found.push(...reader.push(megabyte))
  found.push(...reader.push(Buffer.from('"}\n{"b":1}\n')))
  expect(found.map((each) => ('row' in each ? each.row : each.fault.code))).toEqual(['too_long', { b: 1 }])
})

test('CSV: quoted delimiters, line ends and quotes; formulas stay text', async () => {
  const file = 'prompt,chosen,rejected\r\n"a, b\nc","say ""hi""",=HYPERLINK("http://x")\r\n\r\n+1,-2,@x\r\n'
  const items = await readGood(file)
  const texts = items.map(({ task }) => [
    task.context[0]?.parts[0],
    ...task.candidates.map((each) => each.messages[0]?.parts[0]),
  ])
  expect(texts).toEqual([
    ['a, b\nc', 'say "hi"', '=HYPERLINK("http://x")'].map((text) => ({ type: 'text', text })),
    ['+1', '-2', '@x'].map((text) => ({ type: 'text', text })),
  ])
  expect(items.map((item) => item.line)).toEqual([2, 5])
})

test('CSV: semicolons and tabs are recognised by the header', async () => {
  expect(await lines('prompt;chosen;rejected\nq, really;a;b\n')).toEqual([2])
  expect(await lines('prompt\tchosen\trejected\nq\ta\tb\n')).toEqual([2])
})

test('CSV: a record of another width is refused by line', async () => {
  expect(await lines('prompt,chosen,rejected\nq,a\nq,a,b\nq,a,b,c\n')).toEqual([
    '2 wrong_columns',
    3,
    '4 wrong_columns',
  ])
})

const content = fc.array(
  fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '=', '😀', ' ', ';') }), {
    minLength: 3,
    maxLength: 3,
  }),
  { minLength: 1, maxLength: 6 },
)

test('CSV: quoted records are read as csv-parse reads them, in chunks of any size', () => {
  fc.assert(
    fc.property(content, fc.integer({ min: 1, max: 40 }), (rows, size) => {
      const quoted = rows
        .map((each) => each.map((field) => `"${field.replaceAll('"', '""')}"`).join(','))
        .join('\n')
      const file = Buffer.from(`x,y,z\n${quoted}\n`)
      const reader = new RecordReader({ kind: 'csv', delimiter: ',' }, 1 << 20)
      const read = []
      for (let at = 0; at < file.length; at += size) read.push(...reader.push(file.subarray(at, at + size)))
      read.push(...reader.end())
      expect(read.map((each) => 'row' in each && Object.values(each.row))).toEqual(rows)
      expect(read.map((each) => 'row' in each && { ...each.row })).toEqual(parse(file, { columns: true }))
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('the size of the chunks changes nothing, for any bytes at all', () => {
  const kinds: Container[] = [{ kind: 'jsonl' }, { kind: 'json-array' }, { kind: 'csv', delimiter: ',' }]
  const piece = fc.constantFrom(
    '{"a":1}',
    '[',
    ']',
    ',',
    '\n',
    '"',
    '\\',
    '{',
    '}',
    'x',
    '\r',
    ' ',
    '\ud83d',
    'é',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const file = Buffer.from(pieces.join(''))
      for (const kind of kinds) {
        const read = (step: number) => {
          const reader = new RecordReader(kind, 16)
          const found = []
          try {
            for (let at = 0; at < file.length; at += step)
              found.push(...reader.push(file.subarray(at, at + step)))
            found.push(...reader.end())
          } catch (error) {
            if (!(error instanceof FormatError)) throw error
            return error.code
          }
          return found.map((each) => ('row' in each ? each : `${each.line} ${each.fault.code}`))
        }
        expect(read(size)).toEqual(read(file.length || 1))
      }
    }),
    { seed: 2, numRuns: 300 },
  )
})

test('files that are no text are refused as a whole, with what to do', async () => {
  const codes: [number[], string][] = [
    [[], 'empty_file'],
    [[0xef, 0xbb, 0xbf, 0x20, 0x0a], 'empty_file'],
    [[0x1f, 0x8b, 8, 0, 1, 2, 3], 'compressed'],
    [[0x28, 0xb5, 0x2f, 0xfd, 9, 9, 9, 9, 9, 9], 'compressed'],
    [[0x50, 0x4b, 3, 4], 'compressed'],
    [[0x50, 0x41, 0x52, 0x31], 'bad_parquet'],
    [[0xff, 0xfe, 0x7b, 0], 'not_utf8'],
  ]
  for (const [start, code] of codes) {
    await expect(readAll(Uint8Array.from(start))).rejects.toMatchObject({ name: 'FormatError', code })
  }
  await expect(readAll('a,a\n1,2\n', { format: 'raw' })).rejects.toMatchObject({ code: 'duplicate_column' })
})

test('NUL, NaN and text that is not JSON are told apart', async () => {
  const items = await readAll('{"a":"\u0000"}\n{"a":NaN}\n{"a":1\n[1]\n', { format: 'trl-preference' })
  const found = items.filter((item) => item.kind === 'rejected')
  expect(found.map((item) => item.code)).toEqual(['nul_character', 'bad_json', 'bad_json', 'not_an_object'])
  expect(found[1]?.message).toContain('write null')
})

const bulky = (rows: number) =>
  Array.from({ length: rows }, (_, n) => JSON.stringify({ ...row(n), x: Math.sin(n) })).join('\n')
const packed = (content: string) => [gzipSync(content), zstdCompressSync(content)]

test('gzip and zstd are unpacked on the way, also when they are several members in one file', async () => {
  const content = bulky(6_000)
  for (const file of packed(content)) {
    expect(await lines(file, 1_000)).toEqual(Array.from({ length: 6_000 }, (_, n) => n + 1))
    expect(detectFormat(file.subarray(0, file.length / 2))).toMatchObject({ format: 'trl-preference' })
    expect(previewTasks(file, { format: 'auto', limit: 3 }).tasks.length).toBe(3)
  }
  expect(await lines(Buffer.concat([gzipSync(`${line(1)}\n`), gzipSync(line(2))]), 10)).toEqual([1, 2])
})

test('a compressed file that is cut off or damaged gives its good rows and then the reason', async () => {
  const content = bulky(5_000)
  for (const file of packed(content)) {
    const cut = await faultsOf(file.subarray(0, file.length - 2_000), { format: 'trl-preference' }, 1_000)
    expect(cut.map((each) => each.split(' ')[1]).at(-1)).toBe('cut_off')
  }
  const damaged = Buffer.from(gzipSync(content))
  damaged.fill(7, damaged.length >> 1, (damaged.length >> 1) + 200)
  const items = await readAll(damaged, { format: 'trl-preference' }, 1_000)
  expect(items.filter((item) => item.kind === 'task').length).toBeGreaterThan(500)
  expect(items.at(-1)).toMatchObject({ kind: 'rejected', code: 'bad_compression' })
})

test('a file that was made to expand without end is left', async () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from(`${line(1)}\n`), Buffer.alloc(80 << 20, 0x20)]))
  const items = await readAll(bomb, { format: 'trl-preference' }, 10_000)
  expect(items.map((item) => (item.kind === 'rejected' ? item.code : item.kind))).toEqual([
    'task',
    'too_long',
    'bad_compression',
  ])
  expect(() => detectFormat(bomb)).toThrow(FormatError)
})

test('an error of the source itself is passed on, through compression too', async () => {
  const file = gzipSync(bulky(3_000))
  async function* broken() {
    yield file.subarray(0, 20_000)
    throw new Error('connection lost')
  }
  const read = Array.fromAsync(readTasks(broken(), { format: 'trl-preference' }))
  await expect(read).rejects.toThrow('connection lost')
})

test('a record that is longer than any may be is said to be so, with the limit, also when it is packed', async () => {
  const file = Buffer.from(`{"prompt":"${'x'.repeat(300_000)}","chosen":"a","rejected":"b"}`)
  for (const content of [file, gzipSync(file)]) {
    const reading = readAll(content, { limits: { recordBytes: 1_000 } }, 60_000)
    await expect(reading).rejects.toThrow(/longer than 1000 bytes/)
  }
})
