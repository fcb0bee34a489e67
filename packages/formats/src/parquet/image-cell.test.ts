import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, onTestFinished, test } from 'vitest'
import { readAll } from '../../test/reading.ts'

test('images in the rows, as Hugging Face stores them, are images of the tasks', async () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from([0, 255, 7])])
  const folder = await mkdtemp(join(tmpdir(), 'image-cells-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'hugging-face-images.parquet')
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  const file = (bytes: string, name: string) =>
    `struct_pack(bytes := ${bytes}::BLOB, path := ${name}::VARCHAR)`
  const drawn = `from_hex('${png.toString('hex')}')`
  await database.run(
    `COPY (
      SELECT 'one' AS prompt, 'a' AS chosen, 'b' AS rejected, ${file(drawn, "'x.png'")} AS image, NULL::BLOB AS sound
      UNION ALL SELECT 'by its path', 'a', 'b', ${file('NULL', "'x.png'")}, NULL
      UNION ALL SELECT 'none', 'a', 'b', NULL, NULL
      UNION ALL SELECT 'sound', 'a', 'b', ${file("from_hex('00010203')", 'NULL')}, from_hex('00')
    ) TO '${path}' (FORMAT parquet)`,
  )
  const items = await readAll(await readFile(path))
  const shown = items.flatMap((item) => (item.kind === 'task' ? [item.task.context[0]?.parts] : []))
  const text = (value: string) => ({ type: 'text', text: value })
  expect(shown).toEqual([
    [{ type: 'image', assetId: `data:image/png;base64,${png.toString('base64')}` }, text('one')],
    [{ type: 'image', assetId: 'x.png' }, text('by its path')],
    [text('none')],
    [text('sound')],
  ])
  const notes = items.flatMap((item) => (item.kind === 'note' ? [item] : []))
  expect(notes).toMatchObject([
    { code: 'binary_column_left_out', message: expect.stringContaining('"sound"') },
    { code: 'file_left_out', message: expect.stringMatching(/: 1\.$/) },
  ])
})
