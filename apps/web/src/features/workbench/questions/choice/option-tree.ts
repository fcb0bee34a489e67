import type { Option } from '@groundwork/contract'

/** An option with its place in the hierarchy. */
export type Row = {
  option: Option
  /** 0 at the top. */
  level: number
  /** Labels from the top down to this one. */
  path: string[]
  /** Values of the options above it, the top first. */
  above: string[]
  hasChildren: boolean
}

/** Options in the order in which a tree shows them: each with its own below it. */
export function rowsOf(options: readonly Option[]): Row[] {
  const rows: Row[] = []
  const add = (parent: string | undefined, path: string[], above: string[]) => {
    for (const option of options) {
      if (option.parent !== parent || above.includes(option.value)) continue
      const own = [...path, option.label]
      const hasChildren = options.some((each) => each.parent === option.value)
      rows.push({ option, level: above.length, path: own, above, hasChildren })
      if (hasChildren) add(option.value, own, [...above, option.value])
    }
  }
  add(undefined, [], [])
  return rows
}

/**
 * The rows to show. With a search: what matches, and what stands above it; every word has to occur in the row's path, whatever its accents
 * and case. Without one: what is not folded away.
 */
export function shownRows(rows: readonly Row[], query: string, folded: ReadonlySet<string>): Row[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows.filter(({ above }) => above.every((value) => !folded.has(value)))
  const found = rows.filter(({ path }) => {
    const text = fold(path.join(' '))
    return words.every((word) => text.includes(word))
  })
  const wanted = new Set(found.flatMap(({ option, above }) => [option.value, ...above]))
  return rows.filter(({ option }) => wanted.has(option.value))
}

/** The place of the row that a search is most likely for: what is called so, what begins so, what has it in its name; never just what stands above. */
export function bestRow(shown: readonly Row[], query: string): number {
  const wanted = fold(query).trim()
  if (wanted === '') return 0
  const tests: ((label: string) => boolean)[] = [
    (label) => label === wanted,
    (label) => label.startsWith(wanted),
    (label) => label.includes(wanted),
    (label) => wanted.split(/\s+/).some((word) => label.includes(word)),
  ]
  for (const test of tests) {
    const at = shown.findIndex(({ option }) => test(fold(option.label)))
    if (at >= 0) return at
  }
  return 0
}

/** A text as it is searched: without case and accents. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('ø', 'o').toLowerCase()

/** More options than fit into a list of radio buttons, or a hierarchy. */
export const needsSearch = (options: readonly Option[]): boolean =>
  options.length > 12 || options.some(({ parent }) => parent !== undefined)
