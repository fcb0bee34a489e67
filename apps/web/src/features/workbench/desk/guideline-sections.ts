import type { Nodes, Root } from 'mdast'

export type GuidelineSection = {
  /** Names its element on the page. */
  id: string
  /** 1 to 6; 0 for what stands before the first heading. */
  depth: number
  title: string
  /** Its Markdown without the heading; link definitions of the whole text are at its end. */
  body: string
  /** An example, which is folded until it is wanted. It holds all its lower sections. */
  example: boolean
}

const EXAMPLE = /^(\d+[.)]?\s*)?(worked |good |bad |more )*examples?\b/i

/** The parts of a guideline as its headings divide it. */
export function sectionsOf(markdown: string, root: Root): GuidelineSection[] {
  const definitions = root.children
    .filter((node) => node.type === 'definition')
    .map((node) => sliceOf(markdown, node))
    .join('\n')
  const sections: GuidelineSection[] = []
  let from = 0
  let current: Omit<GuidelineSection, 'body' | 'id'> = { depth: 0, title: '', example: false }
  const close = (to: number) => {
    const body = markdown.slice(from, to).trim()
    if (current.depth === 0 && body === '') return
    sections.push({
      ...current,
      id: `guideline-${sections.length}`,
      body: definitions && body ? `${body}\n\n${definitions}` : body,
    })
  }
  for (const node of root.children) {
    if (node.type !== 'heading' || (current.example && node.depth > current.depth)) continue
    close(node.position?.start.offset ?? 0)
    const title = textOf(node).trim()
    current = { depth: node.depth, title, example: EXAMPLE.test(title) }
    from = node.position?.end.offset ?? 0
  }
  close(markdown.length)
  return sections
}

const sliceOf = (markdown: string, node: Nodes) =>
  markdown.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)

const textOf = (node: Nodes): string =>
  'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : ''
