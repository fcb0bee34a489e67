import type { Root } from 'mdast'
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
export const MAX_MARKDOWN = 200_000

const { flow } = math()
const extensions = [
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
 * @throws RangeError (stack) on absurdly deep nesting; show such a text plain.
 */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, {
    extensions,
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmStrikethroughFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
      mathFromMarkdown(),
    ],
  })
}
