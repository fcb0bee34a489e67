import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import yauzl from 'yauzl'
import { type ZipFile, zipLength, zipStream } from './zip-stream.ts'

const file = (name: string, content: string, bytes = Buffer.byteLength(content)): ZipFile => ({
  name,
  bytes,
  async *read() {
    for (let at = 0; at < content.length; at += 5) yield Buffer.from(content.slice(at, at + 5))
  },
})

async function opened(files: ZipFile[]) {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-zip-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const bytes = Buffer.concat(await Array.fromAsync(zipStream(files)))
  expect(bytes.length).toBe(zipLength(files))
  await writeFile(join(folder, 'a.zip'), bytes)
  return yauzl.openPromise(join(folder, 'a.zip'), {
    lazyEntries: true,
    strictFileNames: true,
    validateEntrySizes: true,
  })
}

test('what goes in comes out, checksums and all', async () => {
  const contents = { 'train.jsonl': '{"a":1}\n'.repeat(100), 'images/ä.png': 'not an image', empty: '' }
  const zip = await opened(Object.entries(contents).map(([name, content]) => file(name, content)))
  const found: Record<string, string> = {}
  for await (const entry of zip.eachEntry()) {
    // Reading to the end compares the checksum.
    const chunks = await Array.fromAsync((await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>)
    found[entry.fileName] = Buffer.concat(chunks).toString()
  }
  expect(found).toEqual(contents)
})

test('more files than 16 bits count', async () => {
  const files = Array.from({ length: 70_000 }, (_, n) => file(`images/${n}`, ''))
  const zip = await opened(files)
  expect(zip.entryCount).toBe(70_000)
  let count = 0
  for await (const entry of zip.eachEntry()) if (entry.fileName === `images/${count}`) count++
  expect(count).toBe(70_000)
})

test('sizes beyond 32 bits are counted in', () => {
  const large = 5 * 2 ** 30
  const one = zipLength([file('a', '', large)])
  // A header, a descriptor and a directory entry, each with sizes of 64 bits, and the ending of both kinds.
  expect(one).toBe(large + (30 + 1 + 20) + 24 + (46 + 1 + 20) + 76 + 22)
})

test('a file that is not as long as it says ends the archive', async () => {
  await expect(Array.fromAsync(zipStream([file('a', 'short', 10)]))).rejects.toThrow(/5 bytes instead of 10/)
})
