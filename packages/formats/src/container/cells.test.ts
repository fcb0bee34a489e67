import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bytes, readAll } from '../../test/reading.ts'
import { samples } from '../../test/samples.ts'
import { convert, saveWritten, type TaskFormat, type WriteFormat, writers } from '../index.ts'

/** From what a row of each format is made; of itself where nothing else stands here. */
const from: Partial<Record<WriteFormat, Exclude<TaskFormat, 'pairs'>>> = {
  argilla: 'helpsteer3',
  'label-studio': 'helpsteer3',
}

async function saved(format: WriteFormat, as: 'csv' | 'jsonl'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cells-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const source = from[format] ?? (format as keyof typeof samples)
  const written = convert(bytes([samples[source]]), { from: source, to: format })
  await saveWritten(written, { format, as, folder, fileName: `rows.${as}` })
  return readFile(join(folder, `rows.${as}`), 'utf8')
}

test.each(Object.keys(writers) as WriteFormat[])(
  '%s: a CSV is recognised, and gives what the same rows give as JSON Lines',
  async (format) => {
    const said = async (as: 'csv' | 'jsonl') =>
      (await readAll(await saved(format, as), { kinds: 'all' })).flatMap(({ line, ...item }) =>
        item.kind === 'note' ? [] : [item],
      )
    const items = await said('csv')
    expect(items).toEqual(await said('jsonl'))
    expect(items.every(({ kind }) => kind === 'task')).toBe(true)
  },
)

test('cells of text columns are text, whatever they look like', async () => {
  const file = 'goal,target\n"{""a"":1}",true\n"[1]",12\n'
  const items = await readAll(file, { kinds: 'all' })
  expect(items).toMatchObject([
    { task: { context: [{ parts: [{ text: '{"a":1}' }] }], reference: 'true' } },
    { task: { context: [{ parts: [{ text: '[1]' }] }], reference: '12' } },
  ])
})

test('a cell that is not what its column holds is refused by the name of the column', async () => {
  const cell = `"[{'role': 'user', 'content': 'q'}]"`
  expect(await readAll(`messages\n${cell}\n`, { format: 'trl-sft' })).toMatchObject([
    {
      kind: 'rejected',
      line: 2,
      code: 'bad_cell',
      message: expect.stringMatching(/column "messages".*JSON.*json\.dumps/),
    },
  ])
  expect(await readAll('prompt,completion,label\nq,a,maybe\n', { format: 'trl-unpaired' })).toMatchObject([
    { kind: 'rejected', code: 'bad_cell', message: expect.stringContaining('"label"') },
  ])
})
