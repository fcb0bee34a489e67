import { parsedMarkdown } from '../markdown/parsed.ts'
import type { Run, SourceRuns } from '../markdown/source-runs.ts'
import { sourceRuns } from '../markdown/source-runs.ts'
import { align, type Item, type Stretch } from './align.ts'
import { type Extent, TextMap } from './text-map.ts'

/** A place in the document as a range has it. */
type Point = { node: Node; offset: number }

/** A text of a task as it is drawn at this moment, with the way from the document to its source and back. */
export type DrawnPart = {
  target: string
  part: number
  source: string
  element: HTMLElement
  map: TextMap
  /** What a selection covers of the part's text; null when it covers nothing of it. */
  extentOf: (selection: Range) => Extent | null
  /** The rendered text as ranges of the document. */
  rangesOf: (extent: Extent) => Range[]
}

const SKIPPED = 'figcaption, .box, .hint, .sr, [data-skip]'
const WHOLE = '.formula, .formula-inline, .image-note, .unseen'

export const partSelector = (target: string, part: number): string =>
  `[data-target="${CSS.escape(target)}"][data-part="${part}"]`

/** Reads how a part is drawn; null when it is not on the page, or not as its source says. */
export function readPart(target: string, part: number, source: string): DrawnPart | null {
  const element = document.querySelector<HTMLElement>(partSelector(target, part))
  if (!element) return null
  const nodes: Node[] = []
  const items: Item[] = []
  collect(element, nodes, items)
  const drawn = runsOf(element, source)
  const stretches = align(items, drawn.runs)
  if (!stretches) return null
  return {
    target,
    part,
    source,
    element,
    map: new TextMap(drawn),
    extentOf: (selection) => extentOf(selection, nodes, stretches),
    rangesOf: (extent) => rangesOf(extent, nodes, stretches),
  }
}

function collect(element: Element, nodes: Node[], items: Item[]): void {
  const add = (node: Node, item: Item) => {
    nodes.push(node)
    items.push(item)
  }
  const walk = (parent: Node) => {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node instanceof Text) add(node, { text: node.data })
      else if (node instanceof HTMLElement && !node.matches(SKIPPED)) {
        if (!node.matches(WHOLE)) walk(node)
        else if (node.matches('.unseen')) add(node, { unseen: Number(node.dataset.unseen) })
        else add(node, { whole: node.matches('.image-note') ? 'image' : 'math' })
      }
    }
  }
  walk(element)
}

/** The runs of a part: of its Markdown, or of the pieces of it that are shown one by one (the lines of a program). */
function runsOf(element: HTMLElement, source: string): SourceRuns {
  const pieces = [...element.querySelectorAll<HTMLElement>('[data-piece]')]
  if (pieces.length === 0) return sourceRuns(source, parsedMarkdown(source))
  const runs: Run[] = []
  const constructs: SourceRuns['constructs'] = []
  let length = 0
  const add = (more: readonly Run[]) => {
    for (const run of more) {
      runs.push(run)
      length += run.text.length
    }
  }
  let last = 0
  for (const piece of pieces) {
    const [from = 0, to = 0] = (piece.dataset.piece ?? '').split(' ').map(Number)
    // What stands between two lines is their line end; where lines are not shown, a border.
    const between = source.slice(last, from)
    if (runs.length > 0)
      add([
        /^(\r\n|\n|\r)$/.test(between)
          ? { kind: 'gap', text: between, start: last, end: from, exact: true }
          : { kind: 'gap', text: '\n', start: from, end: from, exact: false },
      ])
    last = to
    const text = source.slice(from, to)
    if (!piece.classList.contains('reading')) {
      if (text !== '') add([{ kind: 'text', text, start: from, end: to, exact: true }])
      continue
    }
    const inner = sourceRuns(text, parsedMarkdown(text))
    const at = length
    add(inner.runs.map((run) => ({ ...run, start: run.start + from, end: run.end + from })))
    for (const each of inner.constructs)
      constructs.push({
        start: each.start + from,
        end: each.end + from,
        from: each.from + at,
        to: each.to + at,
      })
  }
  return { runs, constructs, text: runs.map((run) => run.text).join('') }
}

function extentOf(selection: Range, nodes: Node[], stretches: Stretch[]): Extent | null {
  let from: number | undefined
  let to = 0
  for (const stretch of stretches) {
    const node = nodes[stretch.item]
    if (!node || !selection.intersectsNode(node)) continue
    let [start, end] = [stretch.at, stretch.end]
    if (node instanceof Text) {
      // A range that begins or ends in this node covers a part of it.
      const first = selection.startContainer === node ? selection.startOffset : 0
      const last = selection.endContainer === node ? selection.endOffset : node.length
      start += Math.min(stretch.to - stretch.from, Math.max(0, first - stretch.from))
      end -= Math.min(stretch.to - stretch.from, Math.max(0, stretch.to - last))
    } else if (touchesOnly(selection, node)) continue
    if (start >= end) continue
    from ??= start
    to = end
  }
  return from === undefined ? null : { from, to }
}

/** Whether a range ends at the border of a node and covers nothing of it. */
function touchesOnly(selection: Range, node: Node): boolean {
  const around = document.createRange()
  around.selectNode(node)
  return (
    selection.compareBoundaryPoints(Range.END_TO_START, around) >= 0 ||
    selection.compareBoundaryPoints(Range.START_TO_END, around) <= 0
  )
}

function rangesOf({ from, to }: Extent, nodes: Node[], stretches: Stretch[]): Range[] {
  const ranges: Range[] = []
  let open: Range | null = null
  for (const stretch of stretches) {
    const node = nodes[stretch.item]
    if (!node?.isConnected || stretch.end <= from || stretch.at >= to) continue
    const start = pointIn(node, stretch, Math.max(from, stretch.at))
    const end = pointIn(node, stretch, Math.min(to, stretch.end), true)
    // A mark over several blocks is a range in each, so that what lies between (numbers, captions) is not painted.
    if (open && sharesBlock(open.endContainer, node)) open.setEnd(end.node, end.offset)
    else {
      open = document.createRange()
      open.setStart(start.node, start.offset)
      open.setEnd(end.node, end.offset)
      ranges.push(open)
    }
  }
  return ranges
}

function pointIn(node: Node, stretch: Stretch, at: number, end = false): Point {
  if (node instanceof Text) return { node, offset: Math.min(node.length, stretch.from + at - stretch.at) }
  return { node, offset: end ? node.childNodes.length : 0 }
}

const blockOf = (node: Node) =>
  (node instanceof Element ? node : node.parentElement)?.closest(
    'p, li, td, th, h3, h4, h5, h6, pre, .item, [data-piece]',
  )
const sharesBlock = (one: Node, other: Node) => blockOf(one) === blockOf(other)
