import type { Nodes, Root } from 'mdast'

/** Blocks of a tree that are drawn together: those from `from` up to `to`. */
export type Piece = { from: number; to: number }

/** What a page draws without being felt: this many characters, of which a formula counts as many. */
const MOST = 8_000
const FORMULA = 250

/** The blocks of a text in pieces that are drawn one after the other; most texts are one. */
export function piecesOf(root: Root): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  let cost = 0
  root.children.forEach((node, index) => {
    cost += costOf(node)
    if (cost < MOST) return
    pieces.push({ from, to: index + 1 })
    from = index + 1
    cost = 0
  })
  if (from < root.children.length || pieces.length === 0) pieces.push({ from, to: root.children.length })
  return pieces
}

function costOf(node: Nodes): number {
  if (node.type === 'math' || node.type === 'inlineMath') return FORMULA
  if ('children' in node) return node.children.reduce((sum, child) => sum + costOf(child), 0)
  return 'value' in node ? node.value.length : 0
}
