import type { Nodes, Parents, Root } from 'mdast'
import { parse, postprocess, preprocess } from 'micromark'
import { decodeString } from 'micromark-util-decode-string'
import { extensions } from './parse.ts'

/**
 * A piece of rendered text and where it stands in the source, in UTF-16 units. `exact`: unit by unit; otherwise the piece is one whole
 * (an escape, a character reference, a formula, an image). A `gap` is the border between two blocks or lines: a reader sees it, and no
 * source belongs to it.
 */
export type Run = {
  kind: 'text' | 'math' | 'image' | 'gap'
  text: string
  start: number
  end: number
  exact: boolean
}

/** A construct inside of a line, such as emphasis or a link: its whole source, and its rendered text as positions in the runs' text. */
export type Construct = { start: number; end: number; from: number; to: number }

export type SourceRuns = { runs: Run[]; constructs: Construct[]; text: string }

/** The runs of a text that is shown as it is written. */
export const plainRuns = (source: string): SourceRuns => ({
  runs: source === '' ? [] : [{ kind: 'text', text: source, start: 0, end: source.length, exact: true }],
  constructs: [],
  text: source,
})

/**
 * Where every piece of text that `Blocks` draws stands in the source, in the order in which it is drawn.
 * @param root the tree of `source`; null when the source is shown as it is written
 */
export function sourceRuns(source: string, root: Root | null): SourceRuns {
  if (!root) return plainRuns(source)
  // The parser leaves a byte order mark out and counts from behind it.
  const shift = source.charCodeAt(0) === 0xfeff ? 1 : 0
  const pieces = piecesOf(source, shift)
  const definitions = new Set<string>()
  for (const node of root.children) if (node.type === 'definition') definitions.add(node.identifier)
  const runs: Run[] = []
  const constructs: Construct[] = []
  let length = 0
  const add = (run: Run) => {
    runs.push(run)
    length += run.text.length
  }
  const gap = (at: number) => {
    if (runs.length > 0 && runs.at(-1)?.kind !== 'gap')
      add({ kind: 'gap', text: '\n', start: at, end: at, exact: false })
  }
  const walk = (node: Nodes): void => {
    const start = (node.position?.start.offset ?? 0) + shift
    const end = (node.position?.end.offset ?? 0) + shift
    if (blocks.has(node.type)) gap(start)
    const from = length
    switch (node.type) {
      case 'definition':
        return
      case 'text':
      case 'inlineCode':
      case 'code':
        for (const run of leafRuns(node, pieces, start, end)) add(run)
        break
      case 'math':
      case 'inlineMath':
        add({ kind: 'math', text: node.value, start, end, exact: false })
        break
      case 'image':
      case 'imageReference':
        add({ kind: 'image', text: node.alt || '\uFFFC', start, end, exact: false })
        break
      case 'break':
        gap(start)
        break
      default:
        if ('children' in node) for (const child of (node as Parents).children) walk(child)
        else if ('value' in node) add({ kind: 'text', text: String(node.value), start, end, exact: false })
    }
    if (inline.has(node.type) && length > from) constructs.push({ start, end, from, to: length })
  }
  walk(root)
  return { runs, constructs, text: runs.map((run) => run.text).join('') }
}

const blocks = new Set([
  'paragraph',
  'heading',
  'code',
  'math',
  'listItem',
  'tableCell',
  'blockquote',
  'thematicBreak',
])
const inline = new Set(['emphasis', 'strong', 'delete', 'link', 'linkReference', 'inlineCode'])

/** A piece of the source that becomes text. */
type Piece = { text: string; start: number; end: number; eol: boolean }

/** Tokens whose source becomes text unit by unit. */
const literal = new Set(['data', 'codeTextData', 'codeFlowValue', 'autolinkProtocol', 'autolinkEmail'])

/** The pieces of a source that may become text, in its order; which of them do, the tree says. */
function piecesOf(source: string, shift: number): Piece[] {
  const events = postprocess(
    parse({ extensions })
      .document()
      .write(preprocess()(source, undefined, true)),
  )
  const pieces: Piece[] = []
  for (const [type, token, context] of events) {
    if (type !== 'exit') continue
    const start = token.start.offset + shift
    const end = token.end.offset + shift
    if (literal.has(token.type)) pieces.push({ text: context.sliceSerialize(token), start, end, eol: false })
    else if (token.type === 'lineEnding') {
      // In a list or a quotation the token goes on over the indent of the next line.
      const text = context.sliceSerialize(token)
      pieces.push({ text, start, end: start + text.length, eol: true })
    } else if (token.type === 'characterEscape')
      pieces.push({ text: source.slice(start + 1, end), start, end, eol: false })
    else if (token.type === 'characterReference')
      pieces.push({ text: decodeString(source.slice(start, end)), start, end, eol: false })
  }
  return pieces
}

type Leaf = Extract<Nodes, { type: 'text' | 'inlineCode' | 'code' }>

/** The runs of a node that is text. Where the pieces do not add up to what is drawn, the node is one whole. */
function leafRuns(node: Leaf, pieces: Piece[], start: number, end: number): Run[] {
  const inside = piecesIn(pieces, start, end)
  if (node.type === 'code') {
    // Its first line is the fence, and the end of its last line is none of it.
    const fenceless = inside.slice(inside.findIndex((piece) => piece.eol) + 1)
    for (const choice of [fenceless, inside]) {
      const runs = fit(choice, node.value)
      if (runs) return runs
    }
  } else {
    const runs = fit(inside, node.value)
    if (runs) return runs
  }
  return node.value === '' ? [] : [{ kind: 'text', text: node.value, start, end, exact: false }]
}

/** The pieces between two places, the outermost cut to them. */
function piecesIn(pieces: Piece[], start: number, end: number): Piece[] {
  let [low, high] = [0, pieces.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  const found: Piece[] = []
  for (let index = low; index < pieces.length; index++) {
    const piece = pieces[index]
    if (!piece || piece.start >= end) break
    const cut = Math.max(0, start - piece.start)
    found.push(
      cut > 0 && piece.text.length === piece.end - piece.start
        ? { ...piece, text: piece.text.slice(cut), start }
        : piece,
    )
  }
  return found
}

/** Lays pieces along the text that is drawn; undefined when they are not its pieces. */
function fit(pieces: Piece[], value: string): Run[] | undefined {
  const runs: Run[] = []
  let at = 0
  const add = (text: string, start: number, end: number) => {
    if (text === '') return
    const exact = text.length === end - start
    const last = runs.at(-1)
    if (exact && last?.exact && last.end === start) {
      last.text += text
      last.end = end
    } else runs.push({ kind: 'text', text, start, end, exact })
    at += text.length
  }
  for (const { text, start, end, eol } of pieces) {
    if (at >= value.length) break
    if (eol) {
      // In code inside of a line it is drawn as a space.
      if (value.startsWith(text, at)) add(text, start, end)
      else if (value[at] === ' ') add(' ', start, end)
      else if (at > 0) return undefined
    } else if (value.startsWith(text, at)) {
      // The rest of a tab that indents is drawn as spaces which the source does not have.
      const spaces = text.length - (end - start)
      if (spaces > 0 && text.slice(0, spaces).trim() === '') {
        add(text.slice(0, spaces), start, start)
        add(text.slice(spaces), start, end)
      } else add(text, start, end)
    } else if (!fitPipes(text, start)) return undefined
  }
  return at === value.length ? runs : undefined

  /** Code in a table: a pipe is written with a backslash that is not drawn. */
  function fitPipes(text: string, start: number): boolean {
    let from = 0
    for (const part of text.split(/(\\\|)/)) {
      const drawn = part === '\\|' ? '|' : part
      if (!value.startsWith(drawn, at)) return false
      add(drawn, start + from, start + from + part.length)
      from += part.length
    }
    return true
  }
}
