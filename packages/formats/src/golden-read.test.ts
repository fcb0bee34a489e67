import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { taskPayload } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { bytes } from '../test/reading.ts'
import { readFormats, readTasks } from './index.ts'

/**
 * Each folder of test/golden/read holds a file as its project publishes it, and what it says, written by hand from the description of its format and not
 * from what the reader gives. `format` is what the file has to be recognised as. Metadata is compared where it is written down.
 */
type Expected = {
  format: string
  items: {
    line: number
    task: { metadata?: object }
    annotations: object[]
    gold?: string
    groupId?: string
  }[]
  notes?: string[]
  rejected?: string[]
}

const root = fileURLToPath(new URL('../test/golden/read/', import.meta.url))
const folders = readdirSync(root).sort()
const fileIn = (folder: string, start: string): string => {
  const name = readdirSync(`${root}${folder}`).find((each) => each.startsWith(start)) ?? start
  return readFileSync(`${root}${folder}/${name}`, 'utf8')
}

test('every format that is read has a golden file', () => {
  expect([...new Set(folders.map(expectedOf).map(({ format }) => format))].sort()).toEqual(
    [...readFormats].sort(),
  )
})

function expectedOf(folder: string): Expected {
  return JSON.parse(fileIn(folder, 'expected.'))
}

test.each(folders)('%s says what its format means', async (folder) => {
  const expected = expectedOf(folder)
  const source = bytes(fileIn(folder, 'input.'), 4_096)
  const given = await Array.fromAsync(readTasks(source, { format: 'auto', kinds: 'all' }))
  expect(given[0]).toMatchObject({ kind: 'source', format: expected.format })
  const tasks = given.flatMap((item) => (item.kind === 'task' ? [item] : []))
  expect(
    tasks.map(({ kind, dedupeKey, task: { metadata, ...task }, ...item }, index) => ({
      ...item,
      task: expected.items[index]?.task.metadata ? { ...task, metadata } : task,
    })),
  ).toEqual(expected.items)
  for (const { task } of tasks) expect(taskPayload.parse(task)).toEqual(task)
  expect(given.flatMap((item) => (item.kind === 'rejected' ? [`${item.line} ${item.code}`] : []))).toEqual(
    expected.rejected ?? [],
  )
  expect(given.flatMap((item) => (item.kind === 'note' ? [item.code] : []))).toEqual(expected.notes ?? [])
})
