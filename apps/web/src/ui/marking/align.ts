import type { Run } from '../markdown/source-runs.ts'

/**
 * Something that the page shows of a text, in reading order: a text node, a formula or an image as a whole, or a badge for `unseen`
 * characters.
 */
export type Item = { text: string } | { whole: 'math' | 'image' } | { unseen: number }

/** Item number `item` shows, from unit `from` to `to` of its own, the units `at` to `end` of the runs' text. */
export type Stretch = { item: number; from: number; to: number; at: number; end: number }

/**
 * Lays what the page shows along the runs that it was drawn from. Line ends may differ (colouring code drops carriage returns, and the
 * page may end a line that the source does not end); everything else has to agree.
 * @returns null when the page shows something else
 */
export function align(items: readonly Item[], runs: readonly Run[]): Stretch[] | null {
  const stretches: Stretch[] = []
  let index = 0
  let offset = 0
  let at = 0
  const onward = () => {
    for (let run = runs[index]; run && (run.kind === 'gap' || offset >= run.text.length); run = runs[index]) {
      // A formula without text is still drawn.
      if (run.kind === 'math' && offset === 0) return
      at += run.text.length - offset
      index += 1
      offset = 0
    }
  }
  for (const [number, item] of items.entries()) {
    if ('whole' in item) {
      onward()
      const run = runs[index]
      if (run?.kind !== item.whole) return null
      stretches.push({ item: number, from: 0, to: 1, at, end: at + run.text.length })
      at += run.text.length
      index += 1
      offset = 0
      continue
    }
    const length = 'unseen' in item ? item.unseen : item.text.length
    let open: Stretch | null = null
    for (let unit = 0; unit < length; ) {
      onward()
      const run = runs[index]
      const drawn = run?.kind === 'text' ? run.text[offset] : undefined
      if ('unseen' in item) {
        if (drawn === undefined) return null
        if (open) open.end += 1
        else {
          open = { item: number, from: 0, to: 1, at, end: at + 1 }
          stretches.push(open)
        }
      } else if (drawn === item.text[unit]) {
        if (open && open.to === unit && open.end === at) {
          open.to += 1
          open.end += 1
        } else {
          open = { item: number, from: unit, to: unit + 1, at, end: at + 1 }
          stretches.push(open)
        }
      } else if (drawn === '\r') {
        at += 1
        offset += 1
        continue
      } else if (item.text[unit] === '\n') {
        unit += 1
        continue
      } else return null
      unit += 1
      at += 1
      offset += 1
    }
  }
  onward()
  return index < runs.length && runs.slice(index).some((run) => run.text.slice(offset).trim() !== '')
    ? null
    : stretches
}
