/** The first line that comes from a Parquet file: what its rows are made of. */
export type Shape = 'opaque' | { list: Shape } | { struct: [name: string, shape: Shape][] }

/** A table has every column in every row, and a struct every field; what a row does not have is null there, and absent here. */
export function withoutNulls(value: unknown, shape: Shape): unknown {
  if (shape === 'opaque') return value
  if ('list' in shape)
    return Array.isArray(value) ? value.map((each) => withoutNulls(each, shape.list)) : value
  if (typeof value !== 'object' || value === null) return value
  const kept: Record<string, unknown> = {}
  for (const [name, inner] of shape.struct) {
    const each = (value as Record<string, unknown>)[name]
    if (each !== null && each !== undefined) kept[name] = withoutNulls(each, inner)
  }
  return kept
}
