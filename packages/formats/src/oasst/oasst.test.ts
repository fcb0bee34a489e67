import { expect, test } from 'vitest'
import { bytes, faultsOf, readAll, readGood } from '../../test/reading.ts'
import { samples } from '../../test/samples.ts'
import { detectFormat, previewSource } from '../index.ts'

type Node = { replies: Node[]; [key: string]: unknown }

/** The rows of a tree as the flat files have them, first messages first. */
function flat(tree: string): object[] {
  const rows: object[] = []
  const visit = ({ replies, ...node }: Node) => {
    rows.push({ parent_id: null, ...node, message_tree_id: tree, tree_state: 'ready_for_export' })
    for (const each of replies) visit(each)
  }
  visit((samples.oasst as unknown as { prompt: Node }).prompt)
  return rows
}
const known = (items: Awaited<ReturnType<typeof readGood>>) =>
  items.map(({ groupId, task, annotations }) => ({
    groupId,
    annotations,
    context: task.context,
    candidates: task.candidates,
    externalId: task.externalId,
  }))

test('flat messages are recognised, and give what their trees give', async () => {
  expect(detectFormat(Buffer.from(JSON.stringify(flat('t1')[2])), 'all').format).toBe('oasst')
  const trees = ['t1', 't2'].map((id) => ({ ...samples.oasst, message_tree_id: id }))
  const rows = [...flat('t1'), ...flat('t2')]
  const items = await readGood(rows, { kinds: 'all' })
  expect(items.length).toBe(4)
  expect(known(items)).toEqual(known(await readGood(trees, { kinds: 'all' })))
  // Parents may come after their children.
  expect(known(await readGood(flat('t1').reverse(), { kinds: 'all' })).length).toBe(2)
})

test('rows of a tree that stand apart are refused by the line where they start', async () => {
  const [first, second, ...rest] = flat('t1')
  const rows = [first, second, ...flat('t2'), ...rest] as object[]
  expect(await faultsOf(rows, { format: 'oasst' })).toEqual(['9 scattered_rows'])
})

test('messages without their parent are counted', async () => {
  const rows = flat('t1').filter((row) => (row as { message_id: string }).message_id !== 'm3')
  const notes = (await readAll(rows, { format: 'oasst' })).filter(({ kind }) => kind === 'note')
  expect(notes).toMatchObject([{ code: 'orphan_message', count: 1 }])
})

test('a preview shows the tree at the end of the sample, too', async () => {
  const preview = await previewSource(bytes(flat('t1')), { format: 'auto', kinds: 'all' })
  expect(preview.tasks.length).toBe(2)
  expect(preview.rejected).toEqual([])
})
