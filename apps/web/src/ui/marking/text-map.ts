import type { Run, SourceRuns } from '../markdown/source-runs.ts'

/** Two places, the second one exclusive. Of rendered text or of source, in UTF-16 units: the name of the function says which. */
export type Extent = { from: number; to: number }

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Leads between the text that a reader sees and the source that it was drawn from. */
export class TextMap {
  readonly text: string
  readonly #runs: { run: Run; at: number }[]
  readonly #constructs: SourceRuns['constructs']
  readonly #clusters: Intl.Segments

  constructor({ runs, constructs, text }: SourceRuns) {
    let at = 0
    this.#runs = runs.map((run) => {
      const placed = { run, at }
      at += run.text.length
      return placed
    })
    this.#constructs = constructs
    this.text = text
    this.#clusters = graphemes.segment(text)
  }

  /**
   * A selection of rendered text as it can be marked: from whole character to whole character as readers count them, wholes whole,
   * without white space around it. Null when nothing is left.
   */
  snap({ from, to }: Extent): Extent | null {
    let [start, end] = [Math.max(0, Math.min(from, to)), Math.min(this.text.length, Math.max(from, to))]
    if (start >= end) return null
    for (;;) {
      const first = this.#clusterAt(start)
      const last = this.#clusterAt(end - 1)
      const [wide, far] = [
        this.#wholeAt(first.from)?.from ?? first.from,
        this.#wholeAt(last.to - 1)?.to ?? last.to,
      ]
      if (wide === start && far === end) break
      ;[start, end] = [wide, far]
    }
    while (start < end) {
      const { from, to } = this.#clusterAt(start)
      if (!isBlank(this.text.slice(from, to)) || this.#wholeAt(from)) break
      start = to
    }
    while (start < end) {
      const { from, to } = this.#clusterAt(end - 1)
      if (!isBlank(this.text.slice(from, to)) || this.#wholeAt(from)) break
      end = from
    }
    return start < end ? { from: start, to: end } : null
  }

  /**
   * The source of snapped rendered text. A construct that lies inside with something beside it comes with its marks; one that is all of
   * the selection comes without them.
   */
  toSource({ from, to }: Extent): Extent | null {
    const first = this.#runAt(from)
    const last = this.#runAt(to - 1)
    if (!first || !last) return null
    let start = first.run.exact ? first.run.start + from - first.at : first.run.start
    let end = last.run.exact ? last.run.start + to - last.at : last.run.end
    // Side by side, a line further on may stand earlier in the source.
    if (start >= end) [start, end] = [last.run.start, first.run.end]
    for (const construct of this.#constructs) {
      const inside = construct.from >= from && construct.to <= to
      if (inside && construct.to - construct.from < to - from) {
        start = Math.min(start, construct.start)
        end = Math.max(end, construct.end)
      }
    }
    return start < end ? { from: start, to: end } : null
  }

  /** The rendered text that a piece of source is drawn as; null when none of it is drawn. */
  toText({ from, to }: Extent): Extent | null {
    let start: number | undefined
    let end = 0
    for (const { run, at } of this.#runs) {
      if (run.kind === 'gap' || run.start >= to || run.end <= from) continue
      start ??= run.exact ? at + Math.max(0, from - run.start) : at
      end = run.exact ? at + Math.min(run.text.length, to - run.start) : at + run.text.length
    }
    return start === undefined || start >= end ? null : { from: start, to: end }
  }

  /** The same where lines do not stand in the order of the source, side by side: each stretch that is drawn together. */
  toTexts({ from, to }: Extent): Extent[] {
    const extents: Extent[] = []
    let touches = false
    for (const { run, at } of this.#runs) {
      if (run.kind === 'gap') continue
      if (run.start >= to || run.end <= from) {
        touches = false
        continue
      }
      const start = run.exact ? at + Math.max(0, from - run.start) : at
      const end = run.exact ? at + Math.min(run.text.length, to - run.start) : at + run.text.length
      const last = extents.at(-1)
      if (last && touches) last.to = end
      else extents.push({ from: start, to: end })
      touches = true
    }
    return extents
  }

  /** The grapheme cluster around a unit. */
  #clusterAt(unit: number): Extent {
    const cluster = this.#clusters.containing(unit)
    return cluster
      ? { from: cluster.index, to: cluster.index + cluster.segment.length }
      : { from: unit, to: unit + 1 }
  }

  /** The run around a unit when it cannot be cut. */
  #wholeAt(unit: number): Extent | null {
    const found = this.#runAt(unit)
    return !found || found.run.exact || found.run.kind === 'gap' || found.run.start === found.run.end
      ? null
      : { from: found.at, to: found.at + found.run.text.length }
  }

  #runAt(unit: number): { run: Run; at: number } | undefined {
    let [low, high] = [0, this.#runs.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#runs[middle]?.at ?? 0) <= unit) low = middle
      else high = middle - 1
    }
    return this.#runs[low]
  }
}

const isBlank = (text: string) => text.trim() === ''

/** Code points before a place of a text that is given in UTF-16 units. */
export function toCodePoints(text: string, units: number): number {
  let points = 0
  for (let unit = 0; unit < units; points++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  return points
}

/** The place in UTF-16 units before which so many code points stand. */
export function toUnits(text: string, points: number): number {
  let unit = 0
  for (let point = 0; point < points && unit < text.length; point++)
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  return unit
}
