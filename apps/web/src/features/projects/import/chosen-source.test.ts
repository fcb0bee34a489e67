import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openSource } from './chosen-source.ts'
import { zipFiles } from './zip-files.ts'

const file = (path: string, content: string | Uint8Array<ArrayBuffer>) => ({
  path,
  file: new File([content], path.slice(path.lastIndexOf('/') + 1)),
})
const rows = '{"a":1}\n'.repeat(5)

test('a folder is one zip that others read, with its rows to look at', async () => {
  const source = openSource([
    file('set/rows.jsonl', rows),
    file('set/images/ä.png', new Uint8Array([1, 2, 3])),
    file('set/.DS_Store', 'x'),
    file('set/notes.txt', 'x'),
  ])
  expect(source).toMatchObject({ name: 'set', size: rows.length + 3, beside: 1 })
  expect(await (await source.head()).text()).toBe(rows)
  const read = unzipSync(new Uint8Array(await (await source.body()).arrayBuffer()))
  expect(read).toEqual({ 'set/rows.jsonl': strToU8(rows), 'set/images/ä.png': new Uint8Array([1, 2, 3]) })
})

test('a folder without rows, or with two files of them, says so', async () => {
  const image = file('set/a.png', 'x')
  await expect(openSource([image, file('set/b.png', 'x')]).head()).rejects.toThrow('no file with rows')
  await expect(openSource([image, file('set/a.csv', 'x'), file('set/b.csv', 'x')]).head()).rejects.toThrow(
    '2 files with rows',
  )
})

test.each([0, 6] as const)('the rows inside a zip are looked at, packed with level %i', async (level) => {
  const long = '{"prompt":"q","chosen":"a","rejected":"b"}\n'.repeat(20_000)
  const zip = zipSync(
    { 'x/a.png': new Uint8Array(9), 'x/rows.jsonl': strToU8(long), '__MACOSX/._rows.jsonl': strToU8('x') },
    { level },
  )
  const source = openSource([file('set.zip', new Uint8Array(zip))])
  expect(source).toMatchObject({ name: 'set.zip', size: zip.length })
  expect(await (await source.head()).text()).toBe(long.slice(0, 256 * 1024))
  expect((await source.body()).size).toBe(zip.length)
})

test('a file that is no zip is looked at as it is', async () => {
  for (const content of [rows, '', 'PK', 'PK\u0003\u0004 cut']) {
    const source = openSource([file('a.jsonl', content)])
    expect(await (await source.head()).text()).toBe(content)
  }
})

test('an empty list of files is an empty zip', async () => {
  expect(unzipSync(new Uint8Array(await (await zipFiles([])).arrayBuffer()))).toEqual({})
})
