import type { Feature } from '../export/card.ts'

const scalars: Record<string, string> = {
  string: 'VARCHAR',
  bool: 'BOOLEAN',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  json: 'JSON',
  // As rows give it; the bytes become bytes when they are written.
  image: 'STRUCT("bytes" VARCHAR, "path" VARCHAR)',
}

/** The columns that are lists of images. */
export const imageColumns = (features: readonly Feature[]): string[] =>
  features.flatMap((feature) => ('list' in feature && feature.list === 'image' ? [feature.name] : []))

/** The type of a column in DuckDB's SQL, by its name. */
export function columnTypes(features: readonly Feature[]): Record<string, string> {
  return Object.fromEntries(features.map((feature) => [feature.name, typeOf(feature)]))
}

function typeOf(feature: Feature): string {
  if ('dtype' in feature) return scalar(feature.dtype)
  if ('struct' in feature) return struct(feature.struct)
  if (typeof feature.list === 'string') return `${scalar(feature.list)}[]`
  return Array.isArray(feature.list) ? `${struct(feature.list)}[]` : `${scalar(feature.list.list)}[][]`
}

function struct(features: readonly Feature[]): string {
  return `STRUCT(${features.map((each) => `"${each.name}" ${typeOf(each)}`).join(', ')})`
}

function scalar(name: string): string {
  const type = scalars[name]
  if (type === undefined) throw new Error(`There is no column type for ${name}.`)
  return type
}
