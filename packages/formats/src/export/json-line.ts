/**
 * A row as a line of JSON. Loaders tell the type of a column by how its numbers are written: a column with 1 in one row and 0.5 in another is refused, so
 * whole numbers of the columns that hold floats are written as 1.0.
 * @param floats columns of numbers, or of lists of numbers, that are floats
 */
export function jsonLine(row: object, floats: readonly string[]): string {
  if (floats.length === 0) return JSON.stringify(row)
  const fields = Object.entries(row)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${JSON.stringify(name)}:${floats.includes(name) ? float(value) : JSON.stringify(value)}`,
    )
  return `{${fields.join(',')}}`
}

function float(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(float).join(',')}]`
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15
    ? `${value}.0`
    : JSON.stringify(value)
}

/** The columns of rows that hold floats, whatever numbers happen to be in them. */
export const rowFloats: readonly string[] = ['margin']
