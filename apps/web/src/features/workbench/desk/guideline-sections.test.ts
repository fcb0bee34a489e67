import { expect, test } from 'vitest'
import { parseMarkdown } from '../../../ui/markdown/parse.ts'
import { sectionsOf } from './guideline-sections.ts'

const sections = (markdown: string) => {
  const root = parseMarkdown(markdown)
  if (!root) throw new Error('The text cannot be parsed.')
  return sectionsOf(markdown, root)
}

test('headings divide a guideline, and what stands before the first is a part too', () => {
  expect(sections('Be kind.\n\n# Rules\n\nRead **all**.\n\n## Ties\n\nRarely.')).toMatchObject([
    { depth: 0, title: '', body: 'Be kind.' },
    { depth: 1, title: 'Rules', body: 'Read **all**.' },
    { depth: 2, title: 'Ties', body: 'Rarely.' },
  ])
})

test('an example holds its lower sections and is folded', () => {
  const found = sections('# Rules\n\nA.\n\n## Examples\n\n### One\n\nB.\n\n### Two\n\nC.\n\n## After\n\nD.')
  expect(found.map(({ title, example }) => [title, example])).toEqual([
    ['Rules', false],
    ['Examples', true],
    ['After', false],
  ])
  expect(found[1]?.body).toBe('### One\n\nB.\n\n### Two\n\nC.')
})

test('a heading in code is none, and links by reference lead from every section', () => {
  const found = sections(
    '# One\n\n```\n# no\n```\n\nSee [the list][l].\n\n# Two\n\n[l]: https://example.org/list',
  )
  expect(found.map(({ title }) => title)).toEqual(['One', 'Two'])
  expect(found[0]?.body).toContain('[l]: https://example.org/list')
})
