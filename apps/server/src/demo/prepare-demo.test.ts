import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../../../../tests/support/test-database.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import type { Deps } from '../platform/index.ts'
import { openLog } from '../platform/logging.ts'
import { openMailer } from '../platform/mailer.ts'
import { folderStore } from '../platform/storage/index.ts'
import { isEmpty } from './demo-state-queries.ts'
import { prepareDemo } from './prepare-demo.ts'

async function emptyInstance(): Promise<Deps> {
  const { url, drop } = await createTestDatabase()
  const database = openDatabase(url, 4)
  onTestFinished(async () => {
    await database.close()
    await drop()
  })
  return {
    database,
    log: openLog('silent'),
    mailer: openMailer(undefined, 'test@test.example'),
    storage: folderStore(join(tmpdir(), `groundwork-test-${process.pid}`)),
    secret: 'a secret of the tests that is long enough to be one',
    exportPlaces: { folder: undefined, huggingFaceUrl: 'http://127.0.0.1:1', s3Hosts: [] },
    publicUrl: 'http://127.0.0.1',
    version: '0.0.0-test',
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-demo-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const config = (dataFolder: string) => readConfig({ GROUNDWORK_DATA: dataFolder })

test('a start that fails while the people of the demo are made leaves nobody behind', async () => {
  const deps = await emptyInstance()
  const folder = await newFolder()
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  await expect(prepareDemo(deps, config(file))).rejects.toThrow()
  expect(await isEmpty(deps.database)).toBe(true)
  const demo = await prepareDemo(deps, config(folder))
  expect(demo?.people.map((person) => person.role)).toEqual([
    ...['operator', 'owner', 'manager', 'reviewer'],
    ...Array.from({ length: 6 }, () => 'trainer'),
    'owner',
  ])
  expect(await prepareDemo(deps, config(folder))).toEqual(demo)
})

test("another database's demo.json is not taken for this one's", async () => {
  const folder = await newFolder()
  await prepareDemo(await emptyInstance(), config(folder))
  const other = await emptyInstance()
  expect(await prepareDemo(other, config(await newFolder()))).not.toBeNull()
  expect(await prepareDemo(other, config(folder))).toBeNull()
})
