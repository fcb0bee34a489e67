import type { AlignType, Definition, Heading, List, Nodes, Parents, Root, Table } from 'mdast'
import { memo, type ReactNode } from 'react'
import { CodeBlock } from './CodeBlock.tsx'
import { MarkdownImage } from './MarkdownImage.tsx'
import { MathView } from './MathView.tsx'
import { TaskLink } from './TaskLink.tsx'
import { visible } from './unseen.tsx'

export type Context = {
  source: string
  openLink: (url: string) => void
  definitions: Map<string, Definition>
  headingLevels: Map<Heading, number>
}

/** What the blocks of a tree need to know of the whole. */
export function contextOf(root: Root, options: Pick<Context, 'source' | 'openLink'>): Context {
  const definitions = new Map<string, Definition>()
  for (const node of root.children) if (node.type === 'definition') definitions.set(node.identifier, node)
  return { ...options, definitions, headingLevels: headingLevels(root) }
}

/** Blocks of the tree as React elements, from one up to another. What is not in this list is shown as its text. */
export const Blocks = memo(function Blocks({
  root,
  context,
  from,
  to,
}: {
  root: Root
  context: Context
  from: number
  to: number
}): ReactNode {
  return (
    root.children
      .slice(from, to)
      // biome-ignore lint/suspicious/noArrayIndexKey: the tree of one text never changes; another text is another tree.
      .map((node, index) => <Node key={index} node={node} context={context} />)
  )
})

/**
 * Levels for the headings of a text. The page's own headings come first, so the text's begin at the third level, whatever the
 * author began with, and no level is jumped over.
 */
function headingLevels(root: Root): Map<Heading, number> {
  const levels = new Map<Heading, number>()
  const open: number[] = []
  for (const node of root.children) {
    if (node.type !== 'heading') continue
    while ((open.at(-1) ?? 0) >= node.depth) open.pop()
    open.push(node.depth)
    levels.set(node, Math.min(6, open.length + 2))
  }
  return levels
}

const children = (parent: Parents, context: Context): ReactNode[] =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the tree of one text never changes; another text is another tree.
  parent.children.map((node, index) => <Node key={index} node={node} context={context} />)

function Node({ node, context }: { node: Nodes; context: Context }): ReactNode {
  switch (node.type) {
    case 'text':
    case 'html':
      return visible(node.value)
    case 'paragraph':
      return <p dir="auto">{children(node, context)}</p>
    case 'heading': {
      // A heading inside of a quotation or a list is none of the page's.
      const level = context.headingLevels.get(node)
      if (!level) return <p className="inner-heading">{children(node, context)}</p>
      const Level = `h${level}` as 'h3'
      return <Level dir="auto">{children(node, context)}</Level>
    }
    case 'emphasis':
      return <em>{children(node, context)}</em>
    case 'strong':
      return <strong>{children(node, context)}</strong>
    case 'delete':
      return <del>{children(node, context)}</del>
    case 'inlineCode':
      return <code>{visible(node.value)}</code>
    case 'code':
      return <CodeBlock code={node.value} language={node.lang ?? ''} />
    case 'math':
      return <MathView tex={node.value} display />
    case 'inlineMath':
      return <MathView tex={node.value} display={isDisplay(node, context)} />
    case 'break':
      return <br />
    case 'thematicBreak':
      return <hr />
    case 'blockquote':
      return <blockquote>{children(node, context)}</blockquote>
    case 'list':
      return listOf(node, context)
    case 'listItem':
      return <li>{children(node, context)}</li>
    case 'table':
      return tableOf(node, context)
    case 'link':
      return (
        <TaskLink url={node.url} onOpen={context.openLink}>
          {children(node, context)}
        </TaskLink>
      )
    case 'linkReference': {
      const url = context.definitions.get(node.identifier)?.url
      if (url === undefined) return children(node, context)
      return (
        <TaskLink url={url} onOpen={context.openLink}>
          {children(node, context)}
        </TaskLink>
      )
    }
    case 'image':
      return <MarkdownImage alt={node.alt ?? ''} url={node.url} />
    case 'imageReference':
      return <MarkdownImage alt={node.alt ?? ''} url={context.definitions.get(node.identifier)?.url ?? ''} />
    case 'definition':
      return null
    default:
      return 'children' in node ? children(node, context) : 'value' in node ? String(node.value) : null
  }
}

/** `$$…$$` and `\[…\]` stand on a line of their own wherever they are written. */
function isDisplay(node: Nodes, { source }: Context): boolean {
  // Places are counted from behind a byte order mark.
  const start = (node.position?.start.offset ?? 0) + (source.charCodeAt(0) === 0xfeff ? 1 : 0)
  return source.startsWith('$$', start) || source.startsWith('\\[', start)
}

/** A tight list shows the text of its items without paragraphs around it. */
function listOf(list: List, context: Context): ReactNode {
  const items = list.children.map((item, index) => {
    const parts = item.children.map((child, at) =>
      child.type === 'paragraph' && !list.spread && !item.spread ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above.
        <span key={at} className="item">
          {children(child, context)}
        </span>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above.
        <Node key={at} node={child} context={context} />
      ),
    )
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above.
      <li key={index} className={item.checked == null ? undefined : 'task-item'}>
        {item.checked != null && <span className="box">{item.checked ? '☑' : '☐'} </span>}
        {parts}
      </li>
    )
  })
  return list.ordered ? (
    <ol dir="auto" start={list.start ?? 1}>
      {items}
    </ol>
  ) : (
    <ul dir="auto">{items}</ul>
  )
}

const alignment = (align: AlignType | undefined) =>
  align
    ? { textAlign: align === 'left' ? ('start' as const) : align === 'right' ? ('end' as const) : align }
    : undefined

function tableOf(table: Table, context: Context): ReactNode {
  const [head, ...rows] = table.children
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0}>
      <table dir="auto">
        {head && (
          <thead>
            <tr>
              {head.children.map((cell, index) =>
                // A header without text heads nothing.
                cell.children.length === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                  <td key={index} />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                  <th key={index} scope="col" style={alignment(table.align?.[index])}>
                    {children(cell, context)}
                  </th>
                ),
              )}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above.
            <tr key={at}>
              {row.children.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                <td key={index} style={alignment(table.align?.[index])}>
                  {children(cell, context)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
