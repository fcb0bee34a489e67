import { expect, test } from 'vitest'
import { decodeBlocks, encodeBlock, type Said } from './item-blocks.ts'

const task = (line: number, payload: string): Said => ({
  kind: 'task',
  line,
  dedupeKey: `key "${line}" 😀`,
  externalId: null,
  goldJson: line % 2 === 0 ? '{"preference":"a"}' : null,
  images: false,
  unusable: false,
  references: null,
  payload,
})
const blocks: Said[][] = [
  [{ kind: 'source', format: 'raw', evidence: 'The format was given.' }],
  [
    task(1, '{"a":"ä 😀"}'),
    { kind: 'rejected', line: 2, code: 'bad_json', message: 'Oops – 1' },
    task(3, ''),
  ],
  [task(4, JSON.stringify('x'.repeat(100_000)))],
  [{ kind: 'end', end: { kind: 'done' } }],
]

async function decoded(bytes: Buffer, size: number): Promise<unknown[][]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const found: unknown[][] = []
  for await (const items of decodeBlocks(chunks()))
    found.push(
      items.map((item) => (item.kind === 'task' ? { ...item, payload: String(item.payload) } : item)),
    )
  return found
}

test.each([1, 7, 8, 4_096, 1_000_000])(
  'items come out as they went in, in pieces of %d bytes',
  async (size) => {
    expect(await decoded(Buffer.concat(blocks.map(encodeBlock)), size)).toEqual(blocks)
  },
)

test('contents that are bytes already are taken as they are', async () => {
  const text = '{"a":"ä 😀"}'
  const block = encodeBlock([{ ...task(1, ''), payload: Buffer.from(text) } as Said])
  expect(await decoded(block, 5)).toEqual([[task(1, text)]])
})

test('a block that is cut off is left out', async () => {
  const whole = Buffer.concat(blocks.map(encodeBlock))
  const last = encodeBlock(blocks[3] ?? []).length
  for (const less of [1, last - 8, last - 3, last])
    expect(await decoded(whole.subarray(0, whole.length - less), 1_000)).toEqual(blocks.slice(0, 3))
})
