import { findIn } from './marks.ts'

export type Found = { position: number | null; range: Range }
export type TextPlace = { position: number | null; element: HTMLElement }

/** All places of a text in several texts, in their order, and how many each of them has. */
export function findInTexts(
  texts: readonly TextPlace[],
  wanted: string,
): { found: Found[]; counts: Map<number | null, number> } {
  const counts = new Map<number | null, number>()
  const found = texts.flatMap(({ position, element }) => {
    const ranges = findIn(element, wanted)
    counts.set(position, ranges.length)
    return ranges.map((range) => ({ position, range }))
  })
  return { found, counts }
}

/** Brings a place into view: opens what is folded around it and scrolls what it stands in. */
export function reveal(range: Range): void {
  const element = range.startContainer.parentElement
  for (let each = element?.closest('details'); each; each = each.parentElement?.closest('details'))
    each.open = true
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  // A long paragraph may be in view while the place in it is not.
  const box = range.getBoundingClientRect()
  for (let each = element?.parentElement; each; each = each.parentElement) {
    if (each.scrollHeight <= each.clientHeight + 1 || getComputedStyle(each).overflowY !== 'auto') continue
    const frame = each.getBoundingClientRect()
    const [above, below] = [box.top - frame.top - 48, box.bottom - frame.bottom + 48]
    if (above < 0) each.scrollTop += above
    else if (below > 0) each.scrollTop += below
    return
  }
}
