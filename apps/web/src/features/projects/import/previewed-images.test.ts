import { type TaskPayload, textMessage } from '@groundwork/contract'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openSource } from './chosen-source.ts'
import { withImagesBeside } from './previewed-images.ts'

const one = new Uint8Array([1, 2, 3])
const two = new Uint8Array(5_000).fill(7)
const rows = '{"a":1}\n'
const task: TaskPayload = {
  context: [
    {
      role: 'user',
      parts: [...['images/a.png', './b.webp', 'none.png', 'notes.txt', '../a.png']].map(image),
    },
  ],
  candidates: [
    {
      id: 'a',
      messages: [textMessage('assistant', 'See ![it](images/a%2Epng) and ![x](https://x.example/y.png).')],
    },
  ],
}
function image(assetId: string) {
  return { type: 'image' as const, assetId }
}

const folder = {
  'set/rows/data.jsonl': new TextEncoder().encode(rows),
  'set/images/a.png': one,
  'b.webp': two,
  'set/notes.txt': one,
}
const asFiles = () => Object.entries(folder).map(([path, bytes]) => ({ path, file: new File([bytes], path) }))
const asZip = (level: 0 | 6) => [
  { path: 'set.zip', file: new File([new Uint8Array(zipSync(folder, { level }))], 'set.zip') },
]

test.each([
  ['a folder', asFiles],
  ['a zip', () => asZip(0)],
  ['a packed zip', () => asZip(6)],
])('images of %s are shown from the disk, others stay named', async (_, files) => {
  const { task: shown, release } = await withImagesBeside(task, openSource(files()))
  const names = (shown.context[0]?.parts ?? []).map((part) => (part.type === 'image' ? part.assetId : ''))
  expect(names.slice(2)).toEqual(['none.png', 'notes.txt', '../a.png'])
  const read = async (url = '') => {
    const response = await fetch(url)
    return { type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) }
  }
  expect(await read(names[0])).toEqual({ type: 'image/png', bytes: one })
  expect(await read(names[1])).toEqual({ type: 'image/webp', bytes: two })
  const { media } = shown.candidates[0]?.messages[0] ?? {}
  expect(Object.keys(media ?? {})).toEqual(['images/a%2Epng'])
  expect((await read(media?.['images/a%2Epng']?.assetId)).bytes).toEqual(one)
  release()
  await expect(fetch(names[0] ?? '')).rejects.toThrow()
})

test('a file that came alone has no images', async () => {
  const source = openSource([{ path: 'rows.jsonl', file: new File([rows], 'rows.jsonl') }])
  expect((await withImagesBeside(task, source)).task).toEqual(task)
})
