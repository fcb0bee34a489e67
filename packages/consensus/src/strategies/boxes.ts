import { ConsensusError } from '../errors.ts'

/** A rectangle; x and y of the corner nearest the origin, in any unit. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly label: string
}

/** What one person drew on one image (possibly nothing). */
export interface BoxAnnotation {
  readonly boxes: readonly Box[]
  /** Vote weight, such as the person's reliability; default 1. */
  readonly weight?: number
}

export interface MergedBox extends Box {
  /** Weighted share of the people who drew it. */
  readonly confidence: number
  /** Weighted share of its label among those. */
  readonly labelConfidence: number
  /** How many people drew it. */
  readonly drawn: number
  /** Mean overlap of their boxes with the merged one. */
  readonly overlap: number
}

export interface BoxConsensus {
  /** Boxes that more than half (by weight) drew. */
  readonly boxes: readonly MergedBox[]
  /** Those that fewer drew. */
  readonly rejected: readonly MergedBox[]
  /** Mean over pairs of people of the F1 of their matched boxes; NaN with one person. */
  readonly pairwiseF1: number
}

/** Intersection over union, 0 … 1. */
export function intersectionOverUnion(a: Omit<Box, 'label'>, b: Omit<Box, 'label'>): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  const both = width * height
  return both / (a.width * a.height + b.width * b.height - both)
}

interface Drawn {
  readonly box: Box
  readonly person: number
}

/**
 * Boxes of one image: boxes of different people are joined, most overlapping pairs first, as long as the mean overlap between two
 * clusters reaches `overlap` (default 0.5) and no person would be in a cluster twice. The merged box is the weighted median of each side.
 * Throws ConsensusError `bad_row` for a box without extent.
 */
export function boxConsensus(
  annotations: readonly BoxAnnotation[],
  options: { readonly overlap?: number; readonly threshold?: number } = {},
): BoxConsensus {
  const { overlap = 0.5, threshold = 0.5 } = options
  const weightOf = (person: number) => annotations[person]!.weight ?? 1
  const everyone = annotations.reduce((sum, _, person) => sum + weightOf(person), 0)
  const drawn: Drawn[] = annotations.flatMap(({ boxes }, person) => boxes.map((box) => ({ box, person })))
  for (const { box } of drawn)
    if (!(box.width > 0 && box.height > 0))
      throw new ConsensusError('bad_row', `A box of ${box.width} × ${box.height} has no extent`)
  const all = cluster(drawn, overlap).map((members) => merge(members, weightOf, everyone))
  all.sort((a, b) => b.confidence - a.confidence || a.x - b.x || a.y - b.y)
  return {
    boxes: all.filter(({ confidence }) => confidence > threshold),
    rejected: all.filter(({ confidence }) => confidence <= threshold),
    pairwiseF1: pairwiseF1(annotations, overlap),
  }
}

/** Average-linkage clustering, at most one box of a person per cluster. */
function cluster(drawn: readonly Drawn[], least: number): Drawn[][] {
  const clusters: (Drawn[] | undefined)[] = drawn.map((entry) => [entry])
  const similarity = (a: readonly Drawn[], b: readonly Drawn[]) => {
    let sum = 0
    for (const one of a)
      for (const other of b) {
        if (one.person === other.person) return 0
        sum += intersectionOverUnion(one.box, other.box)
      }
    return sum / (a.length * b.length)
  }
  for (;;) {
    let best = least
    let from = -1
    let into = -1
    for (let a = 0; a < clusters.length; a++)
      for (let b = a + 1; b < clusters.length; b++) {
        const first = clusters[a]
        const second = clusters[b]
        if (!first || !second) continue
        const value = similarity(first, second)
        if (value >= best && (value > best || into < 0)) {
          best = value
          into = a
          from = b
        }
      }
    if (into < 0) return clusters.filter((entry) => entry !== undefined)
    clusters[into] = [...clusters[into]!, ...clusters[from]!]
    clusters[from] = undefined
  }
}

function merge(members: readonly Drawn[], weightOf: (person: number) => number, everyone: number): MergedBox {
  const side = (pick: (box: Box) => number) =>
    weightedMedian(members.map(({ box, person }) => ({ value: pick(box), weight: weightOf(person) })))
  const left = side((box) => box.x)
  const top = side((box) => box.y)
  const right = side((box) => box.x + box.width)
  const bottom = side((box) => box.y + box.height)
  const votes = new Map<string, number>()
  let weight = 0
  for (const { box, person } of members) {
    votes.set(box.label, (votes.get(box.label) ?? 0) + weightOf(person))
    weight += weightOf(person)
  }
  const [label, vote] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]!
  const box = { x: left, y: top, width: right - left, height: bottom - top }
  return {
    ...box,
    label,
    confidence: weight / everyone,
    labelConfidence: vote / weight,
    drawn: members.length,
    overlap:
      members.reduce((sum, member) => sum + intersectionOverUnion(box, member.box), 0) / members.length,
  }
}

/** The middle value by weight; the mean of the two middle ones when the weight splits evenly. */
export function weightedMedian(entries: readonly { value: number; weight: number }[]): number {
  const sorted = [...entries].sort((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let sum = 0
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i]!.weight
    if (Math.abs(sum - half) < 1e-12 && i + 1 < sorted.length)
      return (sorted[i]!.value + sorted[i + 1]!.value) / 2
    if (sum > half) return sorted[i]!.value
  }
  return sorted[sorted.length - 1]!.value
}

function pairwiseF1(annotations: readonly BoxAnnotation[], least: number): number {
  let sum = 0
  let pairs = 0
  for (let a = 0; a < annotations.length; a++)
    for (let b = a + 1; b < annotations.length; b++) {
      const first = annotations[a]!.boxes
      const second = annotations[b]!.boxes
      const both = cluster(
        [...first.map((box) => ({ box, person: 0 })), ...second.map((box) => ({ box, person: 1 }))],
        least,
      ).filter((members) => members.length === 2 && members[0]!.box.label === members[1]!.box.label).length
      sum += first.length + second.length === 0 ? 1 : (2 * both) / (first.length + second.length)
      pairs++
    }
  return pairs === 0 ? Number.NaN : sum / pairs
}
