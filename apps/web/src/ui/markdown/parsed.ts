import type { Root } from 'mdast'
import { parseMarkdown } from './parse.ts'

const KEPT = 400
/** Parsing a longer text here would be felt; it is done beside the page. In UTF-16 units. */
const LONG = 12_000
const trees = new Map<string, Root | null>()
const asked = new Map<string, Promise<void>>()

/** The tree of a text; the last ones are kept, so that a text which was parsed ahead is there at once. */
export function parsedMarkdown(text: string): Root | null {
  const kept = trees.get(text)
  if (kept !== undefined) return kept
  const tree = parseMarkdown(text)
  keep(text, tree)
  return tree
}

function keep(text: string, tree: Root | null): void {
  trees.set(text, tree)
  for (const oldest of trees.keys()) {
    if (trees.size <= KEPT) break
    trees.delete(oldest)
  }
}

/** Whether a text can be drawn without parsing it first. */
export const isParsed = (text: string): boolean => trees.has(text)

/** Sees to it that a text is parsed before it is drawn; a long one is waited for, so that the page stays quick meanwhile. */
export function parseFirst(text: string): Promise<void> | undefined {
  if (trees.has(text)) return
  if (text.length < LONG) {
    parsedMarkdown(text)
    return
  }
  const under = asked.get(text) ?? parseLong(text).finally(() => asked.delete(text))
  asked.set(text, under)
  return under
}

async function parseLong(text: string): Promise<void> {
  const { parseBeside } = await import('./parse-beside.ts')
  const tree = await parseBeside(text)
  if (tree !== undefined) keep(text, tree)
}

/** Parses texts that will be shown next, one at a time, while the page has nothing better to do. */
export function parseAhead(texts: readonly string[]): void {
  const [first, ...rest] = texts
  if (first === undefined) return
  const run = async () => {
    await parseFirst(first)?.catch(() => undefined)
    parseAhead(rest)
  }
  if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void run(), { timeout: 2_000 })
  else setTimeout(() => void run(), 50)
}
