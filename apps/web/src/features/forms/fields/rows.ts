import type { Fields } from '../form-draft.ts'

/** A value made from a label: `Very good!` → `very_good`. Letters of other scripts stay as they are. */
export const slug = (label: string): string =>
  label
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)

/** Sets a cell. A value or id that was made from the label goes on following it. */
export function changeRow(rows: readonly Fields[], index: number, name: string, value: unknown): Fields[] {
  return rows.map((row, at) => {
    if (at !== index) return row
    const changed = { ...row, [name]: value }
    if (value === undefined) delete changed[name]
    const key = 'id' in row ? 'id' : 'value' in row && typeof row.value === 'string' ? 'value' : undefined
    if (name === 'label' && key && row[key] === slug(String(row.label ?? ''))) {
      changed[key] = slug(String(value ?? ''))
    }
    return changed
  })
}

/** Puts lines into a row and into new rows after it. */
export function addRows(
  rows: readonly Fields[],
  index: number,
  name: string,
  lines: readonly string[],
  start: Fields,
): Fields[] {
  const [first = '', ...others] = lines.map((line) => line.trim())
  const changed = changeRow(rows, index, name, first)
  const added = others.flatMap((line) => changeRow([structuredClone(start)], 0, name, line))
  return changed.toSpliced(index + 1, 0, ...added)
}

export function moveRow(rows: readonly Fields[], from: number, to: number): Fields[] {
  const row = rows[from]
  return row && to >= 0 && to < rows.length ? rows.toSpliced(from, 1).toSpliced(to, 0, row) : [...rows]
}
