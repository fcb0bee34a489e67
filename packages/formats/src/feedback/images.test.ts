import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Message, Part, TaskPayload } from '@groundwork/contract'
import { expect, onTestFinished, test } from 'vitest'
import { readGood } from '../../test/reading.ts'
import {
  type Feedback,
  llamaFactoryDatasetInfo,
  saveWritten,
  type TaskFormat,
  tableFeatures,
  type Verdict,
  type WriteFormat,
  writeFeedback,
  writers,
} from '../index.ts'
import { carriesImages } from './images.ts'

const image = (assetId: string): Part => ({ type: 'image', assetId })
const text = (value: string): Part => ({ type: 'text', text: value })
const says = (role: Message['role'], ...parts: Part[]): Message => ({ role, parts })

const answers = ['right', 'wrong'].map((each, index) => ({
  id: 'ab'[index] ?? '',
  messages: [says('assistant', text(each))],
}))
const shown: TaskPayload = {
  context: [
    says(
      'user',
      image('images/1.png'),
      text('What is '),
      text('this, and '),
      image('images/2.jpg'),
      text('that?'),
    ),
  ],
  candidates: answers,
}
const plain: TaskPayload = { context: [says('user', text('And without?'))], candidates: answers }

/** One verdict of every kind, so that each format finds what it needs. */
const verdicts: Verdict[] = [
  { type: 'pairwise', a: 'a', b: 'b', outcome: 'a', strength: -2 },
  { type: 'demonstration', candidate: 'a' },
  { type: 'thumb', candidate: 'a', good: true },
  { type: 'steps', candidate: 'a', steps: [{ text: 'right', label: 1 }] },
]
const saying = (task: TaskPayload): Feedback => ({
  task,
  annotations: verdicts.map((verdict) => ({ verdict })),
})

async function written(format: WriteFormat, tasks: TaskPayload[], images = true) {
  const { blocks, report } = writeFeedback(format, tasks.map(saying), { images })
  const lines = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  return {
    lines,
    rows: lines
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    report,
  }
}

const formats = Object.keys(writers) as WriteFormat[]

test.each(formats.filter(carriesImages))(
  '%s: rows name their images in the order of their places',
  async (format) => {
    const { rows } = await written(format, [shown, plain])
    expect(rows).toHaveLength(2)
    const [row, other] = rows.map((each) => JSON.stringify(each))
    expect(row?.match(/images\/[12]\.(png|jpg)/g)).toEqual(['images/1.png', 'images/2.jpg'])
    expect(other).not.toMatch(/images\//)
    // In a set with images every row has the same shape.
    if (!format.startsWith('openai')) expect(Object.keys(rows[1])).toEqual(Object.keys(rows[0]))
  },
)

test.each(formats.filter((format) => format !== 'raw'))(
  '%s: without images, or where it has no place for them, a task with images gives no row',
  async (format) => {
    for (const images of carriesImages(format) ? [false] : [false, true]) {
      const { rows, report } = await written(format, [shown, plain], images)
      expect(rows.length, JSON.stringify(report)).toBeLessThanOrEqual(1)
      expect(JSON.stringify(rows)).not.toContain('images')
      const reasons = Object.keys(report.dropped)
      expect(
        reasons.some(
          (each) => each === 'has_images' || each === 'not_questions_and_answers' || each === 'no_reference',
        ),
        reasons.join(),
      ).toBe(true)
    }
  },
)

test('images of answers, and of those who set the scene, are nothing that a row can hold', async () => {
  const pictured: TaskPayload = {
    context: [says('user', text('Draw a cat.'))],
    candidates: answers.map((each, index) => ({
      ...each,
      messages: [says('assistant', image(`images/${index}.png`))],
    })),
  }
  const scene: TaskPayload = {
    ...plain,
    context: [says('system', image('images/1.png'), text('Look.')), ...plain.context],
  }
  for (const format of formats.filter(
    (each) => carriesImages(each) && each !== 'openai-rft' && each !== 'trl-prompt-only',
  )) {
    expect((await written(format, [pictured])).report.dropped, format).toEqual({ images_in_answers: 1 })
  }
  for (const format of formats.filter((each) => carriesImages(each) && !each.startsWith('openai')))
    expect((await written(format, [scene])).report.dropped, format).toEqual({ images_not_of_user: 1 })
})

test('a text that holds the placeholder itself would be taken for an image', async () => {
  const named: TaskPayload = {
    ...shown,
    context: [says('user', image('images/1.png'), text('What does <image> mean?'))],
  }
  for (const format of ['sharegpt', 'llama-factory', 'alpaca'] as const)
    expect((await written(format, [named])).report.dropped).toEqual({ image_placeholder_in_text: 1 })
})

test('TRL: places in the text, names beside it', async () => {
  const { rows } = await written('trl-preference', [shown])
  expect(rows[0]).toEqual({
    prompt: [
      {
        role: 'user',
        content: [
          { type: 'image' },
          { type: 'text', text: 'What is this, and ' },
          { type: 'image' },
          { type: 'text', text: 'that?' },
        ],
      },
    ],
    chosen: [{ role: 'assistant', content: [{ type: 'text', text: 'right' }] }],
    rejected: [{ role: 'assistant', content: [{ type: 'text', text: 'wrong' }] }],
    images: ['images/1.png', 'images/2.jpg'],
  })
})

test('LLaMA-Factory: as many placeholders as images, and the column is declared', async () => {
  const { rows } = await written('llama-factory', [shown])
  expect(rows[0].conversations).toEqual([{ from: 'human', value: '<image>What is this, and <image>that?' }])
  expect(
    JSON.parse(llamaFactoryDatasetInfo('set', 'train.jsonl', 'llama-factory', true)).set.columns.images,
  ).toBe('images')
})

test.each([
  'trl-preference',
  'trl-sft',
  'trl-unpaired',
  'trl-prompt-only',
  'sharegpt',
  'llama-factory',
  'alpaca',
] as const)('%s: images come back to their places', async (format) => {
  const { lines } = await written(format, [shown])
  const [item] = await readGood(lines, { format: format as TaskFormat, kinds: 'all' })
  const parts = item?.task.context[0]?.parts.filter((part) => part.type === 'image' || part.text !== '')
  expect(parts).toEqual([
    image('images/1.png'),
    text('What is this, and '),
    image('images/2.jpg'),
    text('that?'),
  ])
})

test('Parquet holds the bytes, and says that they are images', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'images-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { blocks, report } = writeFeedback('trl-sft', [shown, plain, shown].map(saying), { images: true })
  async function* embedded() {
    for await (const { split, text: lines } of blocks) {
      const rows = lines
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
      for (const row of rows)
        row.images = row.images.map((path: string) => ({
          bytes: Buffer.from([0, 255, ...Buffer.from(path)]).toString('base64'),
          path,
        }))
      yield { split, text: rows.map((row) => `${JSON.stringify(row)}\n`).join('') }
    }
  }
  const files = await saveWritten(
    { blocks: embedded(), report },
    { format: 'trl-sft', as: 'parquet', folder, images: 'bytes' },
  )
  expect(files).toMatchObject([{ name: 'train-00000-of-00001.parquet', rows: 3 }])
  const path = join(folder, files[0]?.name ?? '')
  expect((await readFile(path)).subarray(0, 4).toString()).toBe('PAR1')
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  const read = await database.runAndReadAll(
    `select len(images), images[2].path, hex(images[2].bytes), messages[1].content[1].type from '${path}'`,
  )
  expect(read.getRowsJson()).toEqual([
    [
      '2',
      'images/2.jpg',
      Buffer.from([0, 255, ...Buffer.from('images/2.jpg')])
        .toString('hex')
        .toUpperCase(),
      'image',
    ],
    ['0', null, null, 'text'],
    [
      '2',
      'images/2.jpg',
      Buffer.from([0, 255, ...Buffer.from('images/2.jpg')])
        .toString('hex')
        .toUpperCase(),
      'image',
    ],
  ])
  const said = await database.runAndReadAll(
    `select decode(value) from parquet_kv_metadata('${path}') where decode(key) = 'huggingface'`,
  )
  const { info } = JSON.parse(String(said.getRows()[0]?.[0]))
  expect(info.features.images).toEqual({ feature: { _type: 'Image' }, _type: 'List' })
  expect(Object.keys(info.features)).toEqual(
    tableFeatures('trl-sft', report, { images: 'bytes' }).map(({ name }) => name),
  )
})
