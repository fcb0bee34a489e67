import type { Part } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { readTasks } from '../read-tasks.ts'

async function read(row: object, format: 'trl-preference' | 'raw' = 'trl-preference') {
  async function* bytes() {
    yield Buffer.from(JSON.stringify(row))
  }
  const items = await Array.fromAsync(readTasks(bytes(), { format }))
  return items.flatMap((item) => (item.kind === 'task' || item.kind === 'rejected' ? [item] : []))[0]
}

const answers = {
  chosen: [{ role: 'assistant', content: 'a' }],
  rejected: [{ role: 'assistant', content: 'b' }],
}
const withPrompt = (content: unknown, more: object = {}) => ({
  prompt: [{ role: 'user', content }],
  ...answers,
  ...more,
})
const text = { type: 'text', text: 'What is it?' } as const
const image = (assetId: string): Part => ({ type: 'image', assetId })

async function partsOf(row: object): Promise<Part[] | undefined> {
  const item = await read(row)
  return item?.kind === 'task' ? item.task.context[0]?.parts : undefined
}

test.each([
  [{ type: 'image_url', image_url: { url: 'cat.png' } }],
  [{ type: 'image_url', image_url: 'cat.png' }],
  [{ type: 'input_image', image_url: 'cat.png' }],
  [{ type: 'image', image: 'cat.png' }],
  [{ type: 'image', path: 'cat.png' }],
  [{ type: 'image', image: { path: 'cat.png' } }],
])('%j is an image', async (part) => {
  expect(await partsOf(withPrompt([part, text]))).toEqual([image('cat.png'), text])
})

test('images of their own column go to their places in order', async () => {
  const item = await read(
    withPrompt([{ type: 'image' }, text, { type: 'image' }], {
      images: ['1.png', { path: '2.png' }],
      source: 'x',
    }),
  )
  expect(item).toMatchObject({
    kind: 'task',
    task: { context: [{ parts: [image('1.png'), text, image('2.png')] }], metadata: { source: 'x' } },
  })
  expect(item?.kind === 'task' && item.task.metadata).toEqual({ source: 'x' })
})

test('images without places stand before the text of the first turn', async () => {
  expect(await partsOf(withPrompt('What is it?', { images: ['1.png', '2.png'] }))).toEqual([
    image('1.png'),
    image('2.png'),
    text,
  ])
  expect(await partsOf(withPrompt('What is it?', { image: 'x/1.JPEG' }))).toEqual([image('x/1.JPEG'), text])
  expect(await partsOf(withPrompt('What is it?', { image: 'ubuntu:latest' }))).toEqual([text])
})

test('a place without an image is refused', async () => {
  expect(
    await read(withPrompt([{ type: 'image' }, { type: 'image' }, text], { images: ['1.png'] })),
  ).toMatchObject({
    kind: 'rejected',
    code: 'missing_field',
  })
  expect(await read(withPrompt([{ type: 'image' }, text]))).toMatchObject({
    kind: 'rejected',
    code: 'missing_field',
  })
  expect(await read(withPrompt([{ type: 'image', image: 5 }, text]))).toMatchObject({
    kind: 'rejected',
    code: 'wrong_type',
  })
})

test('an image inside a row may be as long as an image is; text beside it may not', async () => {
  const long = `data:image/png;base64,${'A'.repeat(6_000_000)}`
  expect(await partsOf(withPrompt([{ type: 'image_url', image_url: { url: long } }, text]))).toEqual([
    image(long),
    text,
  ])
  expect(await partsOf(withPrompt('What is it?', { images: [long] }))).toEqual([image(long), text])
  const raw = {
    context: [{ role: 'user', parts: [image(long), text] }],
    candidates: [{ id: 'a', messages: [{ role: 'assistant', parts: [text] }] }],
  }
  expect(await read(raw, 'raw')).toMatchObject({ kind: 'task', task: raw })
  const refused = { kind: 'rejected', code: 'too_long' }
  expect(await read({ ...raw, metadata: { note: 'A'.repeat(400_001) } }, 'raw')).toMatchObject(refused)
  const asText = [{ role: 'user', parts: [{ type: 'text', text: long }] }]
  expect(await read({ ...raw, context: asText }, 'raw')).toMatchObject(refused)
  const longer = `${long}${'A'.repeat(22_000_000)}`
  expect(await read({ ...raw, context: [{ role: 'user', parts: [image(longer)] }] }, 'raw')).toMatchObject(
    refused,
  )
  expect(await read(withPrompt([{ type: 'text', text: long }]))).toMatchObject(refused)
})
