import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { gfm } from 'micromark-extension-gfm'
import { math } from 'micromark-extension-math'
import { mathText } from './math-text.ts'

/** Longer texts are shown plain: parsing them would hold up the page. */
export const MAX_MARKDOWN = 200_000

const { flow } = math()
const extensions = [
  gfm({ singleTilde: false }),
  { ...(flow ? { flow } : {}), text: mathText },
  // Raw HTML is no construct of this dialect: it stays the text that it is.
  { disable: { null: ['htmlFlow', 'htmlText'] } },
]

/**
 * CommonMark with tables, strikethrough, task lists, footnotes and mathematics, as a tree. It has no HTML: tags in the text are text.
 * @throws RangeError (stack) on absurdly deep nesting; show such a text plain.
 */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, {
    extensions,
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  })
}
