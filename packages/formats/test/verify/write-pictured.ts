import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Part, TaskPayload } from '@groundwork/contract'
import {
  buildCard,
  type Feedback,
  featuresOf,
  saveWritten,
  tableFeatures,
  type Verdict,
  type WriteFormat,
  writeCoco,
  writeFeedback,
} from '../../src/index.ts'

const WIDTH = 8
const HEIGHT = 6

/** A PNG of one colour. */
function png(red: number, green: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([
    Buffer.from([0]),
    Buffer.from(Array.from({ length: WIDTH }, () => [red, green, 7]).flat()),
  ])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: HEIGHT }, () => line)))
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The name says which colour it is, so that whoever loads it can tell. */
const nameOf = (red: number, green: number) => `images/${red}-${green}.png`
const bytesOf = (name: string) => {
  const [, red = '', green = ''] = /(\d+)-(\d+)/.exec(name) ?? []
  return png(Number(red), Number(green))
}

const image = (red: number, green: number): Part => ({ type: 'image', assetId: nameOf(red, green) })
const text = (value: string): Part => ({ type: 'text', text: value })
const answers = ['right', 'wrong'].map((each, index) => ({
  id: 'ab'[index] ?? '',
  messages: [{ role: 'assistant' as const, parts: [text(each)] }],
}))
const verdicts: Verdict[] = [
  { type: 'pairwise', a: 'a', b: 'b', outcome: 'a', strength: -2 },
  { type: 'demonstration', candidate: 'a' },
  { type: 'thumb', candidate: 'a', good: true },
]

/** Two images in one turn, one in a later turn, none at all. */
const tasks: TaskPayload[] = Array.from({ length: 12 }, (_, n) => ({
  context: [
    {
      role: 'user',
      parts:
        n % 3 === 2
          ? [text(`only text ${n}`)]
          : [image(n, 1), text('between '), image(n, 2), text(`after ${n}`)],
    },
    ...(n % 3 === 1
      ? [
          { role: 'assistant' as const, parts: [text('I see.')] },
          { role: 'user' as const, parts: [text('And this? '), image(n, 3)] },
        ]
      : []),
  ],
  candidates: answers,
}))
const feedback = tasks.map(
  (task): Feedback => ({ task, annotations: verdicts.map((verdict) => ({ verdict })) }),
)

const formats: WriteFormat[] = [
  'trl-preference',
  'trl-sft',
  'trl-prompt-completion',
  'trl-unpaired',
  'trl-prompt-only',
]

/** Sets with images: beside JSON Lines, inside of Parquet in several shards, and as COCO. */
export async function writePictured(folder: string): Promise<void> {
  for (const to of formats) {
    for (const as of ['jsonl', 'parquet'] as const) {
      const dir = join(folder, `pictured.${to}.${as}`)
      mkdirSync(join(dir, 'images'), { recursive: true })
      const { blocks, report } = writeFeedback(to, feedback, { images: true })
      const lines = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
      const rows = lines.trimEnd().split('\n')
      writeFileSync(join(dir, 'rows.jsonl'), lines)
      async function* given() {
        for (const line of rows) {
          const row: { images: string[] } = JSON.parse(line)
          const images = row.images.map((path) => ({ bytes: bytesOf(path).toString('base64'), path }))
          yield {
            split: 'train' as const,
            text: `${as === 'parquet' ? JSON.stringify({ ...row, images }) : line}\n`,
          }
          if (as === 'jsonl') for (const path of row.images) writeFileSync(join(dir, path), bytesOf(path))
        }
      }
      const images = as === 'parquet' ? 'bytes' : 'names'
      const files = await saveWritten(
        { blocks: given(), report },
        { format: to, as, folder: dir, images, shardBytes: 1_000 },
      )
      const features =
        as === 'parquet' ? tableFeatures(to, report, { images }) : featuresOf(to, report, { images })
      const card = buildCard({
        ...{ title: to, description: 'Made to be loaded.', license: 'mit', languages: [], tags: [] },
        ...{ taskCategories: [], config: 'default', features, files, report },
      })
      writeFileSync(join(dir, 'README.md'), card)
    }
  }
  await writeBoxes(join(folder, 'pictured.coco'))
}

async function writeBoxes(folder: string): Promise<void> {
  const boxed = [1, 2, 3].map(
    (n): Feedback => ({
      task: {
        context: [{ role: 'user', parts: [image(n, n)] }],
        candidates: [],
        metadata: { width: WIDTH, height: HEIGHT },
      },
      annotations: [
        { verdict: { type: 'boxes', boxes: [{ x: 1, y: 1, width: n, height: 2, label: 'thing' }] } },
      ],
    }),
  )
  mkdirSync(folder, { recursive: true })
  await saveWritten(writeCoco(boxed), { format: 'coco', as: 'json', folder })
  for (const n of [1, 2, 3]) {
    const path = join(folder, nameOf(n, n))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, png(n, n))
  }
}
