/**
 * Marks in rendered text by the browser's highlight registry: ranges are painted, the document stays as it is. Works over coloured code
 * and formulas alike; without the registry (old browsers) nothing is marked and the counts still hold.
 */
export type MarkName = 'word-diff' | 'find-match' | 'find-current' | 'guideline-match' | 'guideline-current'

export function setMarks(name: MarkName, ranges: Range[]): void {
  if (typeof CSS === 'undefined' || !CSS.highlights) return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Text nodes that a reader sees; of a formula only the visible half. */
function textNodes(root: Element): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('.katex-mathml, figcaption, .sr, [data-skip]')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  )
  const found: Text[] = []
  while (walker.nextNode()) found.push(walker.currentNode as Text)
  return found
}

function rangeOf(node: Text, from: number, to: number): Range {
  const range = document.createRange()
  range.setStart(node, from)
  range.setEnd(node, to)
  return range
}

/** The words of an element in reading order with where they stand. */
export function wordsIn(root: Element): { text: string; range: Range }[] {
  return textNodes(root).flatMap((node) =>
    [...segmenter.segment(node.data)]
      .filter((segment) => segment.isWordLike)
      .map(({ segment, index }) => ({ text: segment, range: rangeOf(node, index, index + segment.length) })),
  )
}

/** Flagged words as ranges; neighbours in one piece of text become one, so that a long text needs few. */
export function joinRanges(words: { range: Range }[], flags: boolean[]): Range[] {
  const joined: Range[] = []
  words.forEach(({ range }, index) => {
    if (!flags[index]) return
    const last = joined.at(-1)
    if (flags[index - 1] && last?.endContainer === range.startContainer)
      last.setEnd(range.endContainer, range.endOffset)
    else joined.push(range)
  })
  return joined
}

/** Where a text stands in an element, whatever its case; a match may run over several pieces of the document. */
export function findIn(root: Element, wanted: string): Range[] {
  const needle = wanted.toLowerCase()
  if (needle.trim() === '') return []
  const nodes = textNodes(root)
  const starts: number[] = []
  let all = ''
  for (const node of nodes) {
    starts.push(all.length)
    // Lower-casing may change the length of a few letters; those texts are searched as they are.
    const lower = node.data.toLowerCase()
    all += lower.length === node.data.length ? lower : node.data
  }
  const found: Range[] = []
  for (
    let at = all.indexOf(needle);
    at >= 0 && found.length < 1_000;
    at = all.indexOf(needle, at + needle.length)
  ) {
    const from = place(starts, at)
    const to = place(starts, at + needle.length - 1)
    const [first, last] = [nodes[from], nodes[to]]
    if (!first || !last) continue
    const range = rangeOf(first, at - (starts[from] ?? 0), first.length)
    range.setEnd(last, at + needle.length - (starts[to] ?? 0))
    found.push(range)
  }
  return found
}

/** Index of the last start at or before the position. */
function place(starts: number[], position: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}
