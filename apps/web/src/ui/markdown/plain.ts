import type { Nodes } from 'mdast'
import { parsedMarkdown } from './parsed.ts'

/**
 * The first words of a text as they are read, on one line: what its marks of Markdown say is left out, by the tree of the text. A text
 * that cannot be parsed stays as it is written.
 * @param most of the result, in UTF-16 units
 */
export function plainText(markdown: string, most = 400): string {
  // Of a long text only the beginning is parsed: links and fences may take a part of it.
  const source = markdown.slice(0, most * 4)
  const root = parsedMarkdown(source)
  let text = ''
  const walk = (node: Nodes): void => {
    if (text.length > most || node.type === 'definition') return
    if ('children' in node) for (const child of node.children) walk(child)
    else if ('value' in node) text += node.value
    else if ('alt' in node) text += node.alt ?? ''
    if (!phrasing.has(node.type)) text += ' '
  }
  if (root) walk(root)
  else text = source
  // Never half of a character at its end.
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
}

/** What stands inside of a line; everything else is parted from what follows it. */
const phrasing = new Set([
  'text',
  'html',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'inlineMath',
  'link',
  'linkReference',
  'image',
  'imageReference',
])
