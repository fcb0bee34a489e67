/** Cells of the comparison table above which the texts are first cut at words that both have exactly once. */
const MAX_CELLS = 4_000_000

/**
 * Which words of two texts stand in no common order: everything outside of a common subsequence that is as long as possible (for long
 * texts: nearly). Two flags lists, one per word; the words that are not flagged are the same, in the same order, on both sides.
 */
export function diffWords(
  a: readonly string[],
  b: readonly string[],
): { onlyA: boolean[]; onlyB: boolean[] } {
  const onlyA = new Array<boolean>(a.length).fill(true)
  const onlyB = new Array<boolean>(b.length).fill(true)
  const keep = (i: number, j: number) => {
    onlyA[i] = false
    onlyB[j] = false
  }
  compare(a, b, { a0: 0, a1: a.length, b0: 0, b1: b.length }, keep)
  return { onlyA, onlyB }
}

type Range = { a0: number; a1: number; b0: number; b1: number }
type Keep = (i: number, j: number) => void

function compare(a: readonly string[], b: readonly string[], range: Range, keep: Keep): void {
  let { a0, a1, b0, b1 } = range
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) keep(a0++, b0++)
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) keep(--a1, --b1)
  if (a0 === a1 || b0 === b1) return
  if ((a1 - a0) * (b1 - b0) <= MAX_CELLS) {
    longestCommon(a, b, { a0, a1, b0, b1 }, keep)
    return
  }
  // Too large for the table: the words that occur once on each side anchor it. Without any there is nothing worth keeping.
  let [fromA, fromB] = [a0, b0]
  for (const [i, j] of anchors(a, b, { a0, a1, b0, b1 })) {
    compare(a, b, { a0: fromA, a1: i, b0: fromB, b1: j }, keep)
    keep(i, j)
    fromA = i + 1
    fromB = j + 1
  }
  if (fromA > a0) compare(a, b, { a0: fromA, a1, b0: fromB, b1 }, keep)
}

/** The textbook table of longest common subsequences, with one step a byte to walk back by. */
function longestCommon(a: readonly string[], b: readonly string[], range: Range, keep: Keep): void {
  const { a0, b0 } = range
  const rows = range.a1 - a0
  const columns = range.b1 - b0
  const steps = new Uint8Array(rows * columns)
  let above = new Uint32Array(columns + 1)
  let line = new Uint32Array(columns + 1)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const same = a[a0 + i] === b[b0 + j]
      const up = above[j + 1] ?? 0
      const left = line[j] ?? 0
      steps[i * columns + j] = same ? 0 : up >= left ? 1 : 2
      line[j + 1] = same ? (above[j] ?? 0) + 1 : Math.max(up, left)
    }
    ;[above, line] = [line, above]
  }
  let [i, j] = [rows - 1, columns - 1]
  while (i >= 0 && j >= 0) {
    const step = steps[i * columns + j]
    if (step === 0) keep(a0 + i--, b0 + j--)
    else if (step === 1) i--
    else j--
  }
}

/** Pairs of positions of words that both sides have exactly once, as many as stand in the same order on both (patience). */
function anchors(a: readonly string[], b: readonly string[], range: Range): [number, number][] {
  const inB = once(b, range.b0, range.b1)
  const pairs = [...once(a, range.a0, range.a1)]
    .flatMap(([word, i]) => {
      const j = inB.get(word)
      return j === undefined ? [] : [[i, j] as [number, number]]
    })
    .sort((one, other) => one[0] - other[0])
  const tails: number[] = []
  const previous: number[] = []
  pairs.forEach(([, j], index) => {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < j) low = middle + 1
      else high = middle
    }
    previous[index] = tails[low - 1] ?? -1
    tails[low] = index
  })
  const chain: [number, number][] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair) chain.push(pair)
  }
  return chain.reverse()
}

function once(words: readonly string[], from: number, to: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = from; i < to; i++) counts.set(words[i] ?? '', (counts.get(words[i] ?? '') ?? 0) + 1)
  const found = new Map<string, number>()
  for (let i = from; i < to; i++) if (counts.get(words[i] ?? '') === 1) found.set(words[i] ?? '', i)
  return found
}
