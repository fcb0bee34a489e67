import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  type Feedback,
  type WriteFormat,
  type WriteOptions,
  writeCoco,
  writeFeedback,
  writers,
} from './index.ts'

/**
 * Each folder of test/golden/write holds what was said about some tasks, and the file that a format makes of it byte by byte, written by hand from the
 * description of the format and not from what the writer gives. (COCO is one document, in one line; its annotations stand first, so that they need not be kept in
 * memory.) A folder is called as its format, perhaps with what is special about it.
 */
type Given = { options: Partial<WriteOptions>; feedback: Feedback[] }

const root = fileURLToPath(new URL('../test/golden/write/', import.meta.url))
const formats = ['coco', ...Object.keys(writers)] as (WriteFormat | 'coco')[]
const folders = readdirSync(root)
  .sort()
  .map((folder) => {
    const fitting = formats.filter((format) => folder === format || folder.startsWith(`${format}-`))
    return { folder, format: fitting.sort((one, other) => other.length - one.length)[0] ?? 'raw' }
  })

test('every format that is written has a golden file', () => {
  expect([...new Set(folders.map(({ format }) => format))].sort()).toEqual([...formats].sort())
})

test.each(folders)('golden: $folder', async ({ folder, format }) => {
  const { options, feedback }: Given = JSON.parse(readFileSync(`${root}${folder}/given.json`, 'utf8'))
  const expected = readFileSync(`${root}${folder}/expected.jsonl`, 'utf8')
  const { blocks } = format === 'coco' ? writeCoco(feedback) : writeFeedback(format, feedback, options)
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  expect(text.split('\n')).toEqual(expected.split('\n'))
})
