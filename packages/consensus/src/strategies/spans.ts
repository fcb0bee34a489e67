import { ConsensusError } from '../errors.ts'

/** A marked stretch of text: offsets in code points, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly label: string
}

/** What one person marked in one text (possibly nothing). */
export interface SpanAnnotation {
  readonly spans: readonly Span[]
  /** Vote weight, such as the person's reliability; default 1. */
  readonly weight?: number
}

export interface MergedSpan extends Span {
  /** Weighted share of the people who marked it, averaged over its length. */
  readonly confidence: number
}

export interface SpanConsensus {
  readonly spans: readonly MergedSpan[]
  /** Mean over pairs of people of the F1 of their marked positions (position and label must match); NaN with one person. */
  readonly pairwiseF1: number
  /** Krippendorff's alpha over positions, classes being the set of labels at a position; NaN with one person or no variation. */
  readonly alpha: number
}

/**
 * Spans of one text: each position counts the people who marked it with a label; stretches that more than half (by weight) marked
 * are the merged spans. The text is cut at span borders, so the cost depends on the number of spans and not on the text's length.
 * Pass `length` (code points) for an alpha that counts the unmarked rest; without it, only marked stretches count.
 * Throws ConsensusError `bad_row` for a span that ends before it starts or lies outside the text.
 */
export function spanConsensus(
  annotations: readonly SpanAnnotation[],
  options: { readonly length?: number; readonly threshold?: number } = {},
): SpanConsensus {
  const { threshold = 0.5 } = options
  const borders = new Set<number>(options.length === undefined ? [] : [0, options.length])
  const labels = new Set<string>()
  let weight = 0
  for (const annotation of annotations) {
    weight += annotation.weight ?? 1
    for (const { start, end, label } of annotation.spans) {
      if (!(start >= 0 && end > start && end <= (options.length ?? Number.POSITIVE_INFINITY)))
        throw new ConsensusError('bad_row', `The span ${start}–${end} does not lie within the text`)
      borders.add(start)
      borders.add(end)
      labels.add(label)
    }
  }
  const cuts = [...borders].sort((a, b) => a - b)
  const pieces = Math.max(0, cuts.length - 1)
  const at = new Map(cuts.map((cut, index) => [cut, index]))
  const names = [...labels].sort()
  // marks[a][label] = which pieces person a marked with it.
  const marks = annotations.map(({ spans }) => {
    const marked = names.map(() => new Uint8Array(pieces))
    for (const { start, end, label } of spans)
      marked[names.indexOf(label)]!.fill(1, at.get(start)!, at.get(end)!)
    return marked
  })
  const lengths = Float64Array.from({ length: pieces }, (_, p) => cuts[p + 1]! - cuts[p]!)
  const spans: MergedSpan[] = []
  names.forEach((label, l) => {
    let open = -1
    let mass = 0
    for (let p = 0; p <= pieces; p++) {
      let share = 0
      if (p < pieces)
        marks.forEach((marked, a) => {
          if (marked[l]![p]) share += (annotations[a]!.weight ?? 1) / weight
        })
      if (share > threshold) {
        if (open < 0) open = p
        mass += share * lengths[p]!
      } else if (open >= 0) {
        const start = cuts[open]!
        const end = cuts[p]!
        spans.push({ start, end, label, confidence: mass / (end - start) })
        open = -1
        mass = 0
      }
    }
  })
  spans.sort((a, b) => a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1))
  return { spans, pairwiseF1: pairwiseF1(marks, lengths), alpha: positionAlpha(marks, lengths) }
}

function pairwiseF1(marks: readonly (readonly Uint8Array[])[], lengths: Float64Array): number {
  let sum = 0
  let pairs = 0
  for (let a = 0; a < marks.length; a++)
    for (let b = a + 1; b < marks.length; b++) {
      let both = 0
      let either = 0
      marks[a]!.forEach((mine, l) => {
        const other = marks[b]![l]!
        lengths.forEach((length, p) => {
          both += 2 * length * (mine[p]! & other[p]!)
          either += length * (mine[p]! + other[p]!)
        })
      })
      // Two people who both found nothing agree.
      sum += either === 0 ? 1 : both / either
      pairs++
    }
  return pairs === 0 ? Number.NaN : sum / pairs
}

/** Nominal alpha whose units are positions, each piece weighing its length. */
function positionAlpha(marks: readonly (readonly Uint8Array[])[], lengths: Float64Array): number {
  const people = marks.length
  if (people < 2) return Number.NaN
  const totals = new Map<string, number>()
  let disagreement = 0
  let n = 0
  lengths.forEach((length, p) => {
    const counts = new Map<string, number>()
    for (const marked of marks) {
      const value = marked.map((mark) => mark[p]).join('')
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    for (const [value, count] of counts) {
      totals.set(value, (totals.get(value) ?? 0) + count * length)
      disagreement += (length * count * (people - count)) / (people - 1)
    }
    n += people * length
  })
  let expected = n * n
  for (const total of totals.values()) expected -= total * total
  return expected <= 0 ? Number.NaN : 1 - ((n - 1) * disagreement) / expected
}
