import type { Nodes } from 'mdast'
import { expect, test } from 'vitest'
import { parseMarkdown } from './parse.ts'

/** The tree as short text: `type(value or children)`. */
function outline(node: Nodes): string {
  const inner = 'children' in node ? node.children.map(outline).join(' ') : 'value' in node ? node.value : ''
  return node.type === 'root' ? inner : `${node.type}(${inner})`
}
const parse = (text: string) => {
  const root = parseMarkdown(text)
  return root && outline(root)
}

test.each([
  ['between $5 and $10 a month', 'paragraph(text(between $5 and $10 a month))'],
  ['it costs $5', 'paragraph(text(it costs $5))'],
  ['$20-$30', 'paragraph(text($20-$30))'],
  ['so $x + 1$ holds', 'paragraph(text(so ) inlineMath(x + 1) text( holds))'],
  ['pay $5, then $x$ holds', 'paragraph(text(pay $5, then ) inlineMath(x) text( holds))'],
  ['$a\nb$', 'paragraph(inlineMath(a\nb))'],
  ['inline $$a$$ here', 'paragraph(text(inline ) inlineMath(a) text( here))'],
  ['$$\nx^2\n$$', 'math(x^2)'],
  ['\\(a_1\\) and \\[b\\]', 'paragraph(inlineMath(a_1) text( and ) inlineMath(b))'],
  ['\\[\n\\frac{1}{2}\n\\]', 'paragraph(inlineMath(\n\\frac{1}{2}\n))'],
  ['not closed \\(a', 'paragraph(text(not closed (a))'],
  ['\\*not emphasis\\*', 'paragraph(text(*not emphasis*))'],
  ['`$a$` is code', 'paragraph(inlineCode($a$) text( is code))'],
  ['$a \\$ b$', 'paragraph(inlineMath(a \\$ b))'],
])('mathematics and money: %s', (text, tree) => expect(parse(text)).toBe(tree))

test.each([
  ['<script>alert(1)</script>', 'paragraph(text(<script>alert(1)</script>))'],
  ['a <img src=x onerror=alert(1)> b', 'paragraph(text(a <img src=x onerror=alert(1)> b))'],
  ['<div>\n\n# x\n\n</div>', 'paragraph(text(<div>)) heading(text(x)) paragraph(text(</div>))'],
  ['<!-- hidden -->', 'paragraph(text(<!-- hidden -->))'],
])('HTML is text: %s', (text, tree) => expect(parse(text)).toBe(tree))

test('tables, task lists and strikethrough are read', () => {
  expect(parse('| a |\n| - |\n| b |')).toBe(
    'table(tableRow(tableCell(text(a))) tableRow(tableCell(text(b))))',
  )
  expect(parse('- [x] ~~done~~')).toBe('list(listItem(paragraph(delete(text(done)))))')
})

test('nesting and length that no reader follows give no tree', () => {
  expect(parse(`${'> '.repeat(20)}x`)).toContain('text(x)')
  expect(parse(`${'> '.repeat(500)}x`)).toBe(null)
  expect(parse(`${'- '.repeat(50_000)}x`)).toBe(null)
  expect(parse('x '.repeat(30_001))).toBe(null)
})

test('openings that nothing closes are not searched for again and again', () => {
  expect(parse('\\('.repeat(20_000))).toContain('((((')
})

test('a paragraph of emphasis marks alone gives no tree', () => {
  expect(parse('*a_'.repeat(10_000))).toBe(null)
  expect(parse('**bold** and _more_\n\n'.repeat(1_000))).toContain('strong(text(bold))')
})

test('a rule of many dashes is no nesting', () => {
  expect(parse('-'.repeat(200))).toBe('thematicBreak()')
})
