import type { Root } from 'mdast'
import { parseMarkdown } from './parse.ts'

const KEPT = 400
const trees = new Map<string, Root | null>()

/** The tree of a text; the last ones are kept, so that a text which was parsed ahead is there at once. */
export function parsedMarkdown(text: string): Root | null {
  const kept = trees.get(text)
  if (kept !== undefined) return kept
  const tree = parseMarkdown(text)
  trees.set(text, tree)
  for (const oldest of trees.keys()) {
    if (trees.size <= KEPT) break
    trees.delete(oldest)
  }
  return tree
}

/** Parses texts that will be shown next, one at a time, while the page has nothing better to do. */
export function parseAhead(texts: readonly string[]): void {
  const [first, ...rest] = texts
  if (first === undefined) return
  const run = () => {
    parsedMarkdown(first)
    parseAhead(rest)
  }
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 2_000 })
  else setTimeout(run, 50)
}
