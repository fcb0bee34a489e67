import type { Row, SourceRecord } from '../container/records.ts'
import { isRow } from '../container/records.ts'
import type { ReadContext } from '../content/fields.ts'
import { RowFault } from '../faults.ts'
import type { Gather } from '../read-formats.ts'

/** Characters of text that the rows of one tree may have; published trees have some tens of thousands. */
const MAX_TEXT = 32 * 1024 * 1024

type Gathered = { id: string; line: number; rows: Row[]; text: number }

/**
 * The flat files of OpenAssistant, a message a row, as trees. The rows of a tree come together in the published files, so one tree is kept at a time;
 * rows that come later, away from the first message of their tree, are refused. Rows that are trees already pass.
 */
export function gatherTrees({ notes }: ReadContext): Gather {
  let tree: Gathered | null = null

  function* close(): Generator<SourceRecord> {
    if (!tree) return
    const { line } = tree
    try {
      const { row, left } = treeOf(tree)
      for (let count = left; count > 0; count--)
        notes.count('orphan_message', 'Messages whose parent is not in their tree are left out')
      yield { line, row }
    } catch (error) {
      if (!(error instanceof RowFault)) throw error
      yield { line, fault: error }
    } finally {
      tree = null
    }
  }

  return {
    *push(record) {
      if ('fault' in record) return yield record
      const { row, line } = record
      if (isRow(row.prompt) || typeof row.message_tree_id !== 'string') {
        yield* close()
        return yield record
      }
      if (tree?.id !== row.message_tree_id) {
        yield* close()
        tree = { id: row.message_tree_id, line, rows: [], text: 0 }
      }
      tree.text += 1_000 + (typeof row.text === 'string' ? row.text.length : 0)
      if (tree.text > MAX_TEXT) tree.rows = []
      else tree.rows.push(row)
    },
    end: close,
  }
}

/** The rows of one tree as the tree that OpenAssistant's other files have, and how many of them are not in it. */
function treeOf({ id, rows, text }: Gathered): { row: Row; left: number } {
  if (text > MAX_TEXT) throw new RowFault('too_long', `The tree "${id}" is too large to be read as one.`)
  const nodes = rows.map(({ message_tree_id: _, tree_state: __, ...node }) => ({
    ...node,
    replies: [] as Row[],
  }))
  const byId = new Map(nodes.map((node: Row & { replies: Row[] }) => [node.message_id, node]))
  const roots = nodes.filter((node: Row) => node.parent_id === undefined || node.parent_id === null)
  const [root] = roots
  if (!root) throw new RowFault('scattered_rows', scattered(id))
  if (roots.length > 1) {
    throw new RowFault(
      'wrong_type',
      `The tree "${id}" has ${roots.length} messages without a parent; it can have one.`,
    )
  }
  for (const node of nodes as (Row & { replies: Row[] })[]) byId.get(node.parent_id)?.replies.push(node)
  const reached = new Set<Row>([root])
  for (const each of reached) for (const reply of each.replies as Row[]) reached.add(reply)
  const state = rows.find((row) => typeof row.tree_state === 'string')?.tree_state
  const row = { message_tree_id: id, ...(state !== undefined && { tree_state: state }), prompt: root }
  return { row, left: rows.length - reached.size }
}

const scattered = (id: string): string =>
  `These messages of the tree "${id}" come without its first one. The rows of a tree have to stand beside each other: sort the file by "message_tree_id".`
