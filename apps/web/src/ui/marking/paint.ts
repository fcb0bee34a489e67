import type { Extent } from './text-map.ts'

/** Looks of a mark, from light to grave: each its own underline and wash (`marking.css`). */
export const LOOKS = 5

/** The look of a severity by its place among so many; without severities all look the same. */
export function lookOf(index: number, count: number): number {
  if (count <= 1 || index < 0) return 2
  return Math.round((index / (count - 1)) * (LOOKS - 1))
}

export type PaintName = `mark-${number}` | 'mark-over' | 'mark-flash' | 'mark-pending' | 'mark-cursor'

/** Paints ranges of the document without changing it; without the browser's registry nothing is painted. */
export function paint(name: PaintName, ranges: readonly Range[]): void {
  if (typeof CSS === 'undefined' || !CSS.highlights) return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else {
    const highlight = new Highlight(...ranges)
    highlight.priority = priorities[name] ?? (name === 'mark-over' ? 1 : 0)
    CSS.highlights.set(name, highlight)
  }
}
const priorities: Partial<Record<PaintName, number>> = {
  'mark-flash': 2,
  'mark-pending': 3,
  'mark-cursor': 4,
}

export function unpaint(): void {
  for (let look = 0; look < LOOKS; look++) paint(`mark-${look}`, [])
  for (const name of ['mark-over', 'mark-flash', 'mark-pending', 'mark-cursor'] as const) paint(name, [])
}

/** Where two or more extents lie over each other. */
export function overlaps(extents: readonly Extent[]): Extent[] {
  const borders = extents
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.by - other.by)
  const found: Extent[] = []
  let depth = 0
  let from = 0
  for (const { at, by } of borders) {
    if (depth >= 2 && depth + by < 2 && at > from) found.push({ from, to: at })
    if (depth < 2 && depth + by >= 2) from = at
    depth += by
  }
  return found
}
