import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { mathFromMarkdown } from 'mdast-util-math'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { math } from 'micromark-extension-math'
import { mathText } from './math-text.ts'

/** Longer texts are shown plain: parsing them would hold up the page. */
const MAX_LENGTH = 60_000

/** Deeper nesting than any reader follows; a browser's layout runs out of stack at some thousand levels and takes the page with it. */
const MAX_DEPTH = 60

/** Marks of emphasis in one paragraph; the parser compares each with all before it, and ten thousand of them hold up the page for a quarter of a minute. */
const MAX_MARKS = 2_000

const { flow } = math()
/** The constructs that this dialect has beyond those of CommonMark. */
export const extensions = [
  gfmTable(),
  gfmStrikethrough({ singleTilde: false }),
  gfmTaskListItem(),
  { ...(flow ? { flow } : {}), text: mathText },
  // Raw HTML is no construct of this dialect: it stays the text that it is.
  { disable: { null: ['htmlFlow', 'htmlText'] } },
]

/**
 * CommonMark with tables, strikethrough, task lists and mathematics, as a tree. It has no HTML: tags in the text are text. Footnotes and
 * bare addresses are left as they are written; that keeps a seventh of the parser off the page.
 * @returns null for a text that is too long, nested too deeply or full of marks: show it as it was written
 */
export function parseMarkdown(markdown: string): Root | null {
  if (markdown.length > MAX_LENGTH || hasDeepLine(markdown) || hasTooManyMarks(markdown)) return null
  const root = fromMarkdown(markdown, {
    extensions,
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmStrikethroughFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
      mathFromMarkdown(),
    ],
  })
  return isDeeper(root, MAX_DEPTH) ? null : root
}

/** Whether a line opens more quotations and lists inside of each other than are laid out; parsing these alone would take seconds. */
function hasDeepLine(markdown: string): boolean {
  let markers = 0
  let inPrefix = true
  for (let at = 0; at < markdown.length; at++) {
    const char = markdown.charAt(at)
    if (char === '\n') {
      markers = 0
      inPrefix = true
    } else if (inPrefix) {
      if (char === '>' || char === '-' || char === '+' || char === '*' || char === '.' || char === ')')
        markers += 1
      else if (char !== ' ' && char !== '\t' && (char < '0' || char > '9')) inPrefix = false
      if (markers > MAX_DEPTH && char === ' ') return true
    }
  }
  return false
}

function hasTooManyMarks(markdown: string): boolean {
  return markdown.split(/\n[ \t]*\n/).some((block) => (block.match(/[*_~]+/g)?.length ?? 0) > MAX_MARKS)
}

/** Without recursion: the tree may be deeper than the stack. */
function isDeeper(root: Root, limit: number): boolean {
  let level: Nodes[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((node) => ('children' in node ? node.children : []))
  }
  return false
}
