import { type DuckDBListType, type DuckDBStructType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api'
import type { Shape } from './shape.ts'

/** Types that hold bytes and not text, at any depth. */
export function holdsBytes(type: DuckDBType): boolean {
  if (type.typeId === DuckDBTypeId.BLOB || type.typeId === DuckDBTypeId.BIT) return true
  return innerTypes(type).some(holdsBytes)
}

function innerTypes(type: DuckDBType): readonly DuckDBType[] {
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
      return [(type as DuckDBListType).valueType]
    case DuckDBTypeId.STRUCT:
      return (type as DuckDBStructType).entryTypes
    default:
      return []
  }
}

/**
 * Where the nulls of a column stand for something that is not there: in the fields of a struct, which all rows have. `opaque`: a null is a null, as inside of
 * JSON.
 */
export function shapeOf(type: DuckDBType): Shape {
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
      return { list: shapeOf((type as DuckDBListType).valueType) }
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as DuckDBStructType
      return { struct: entryNames.map((name, index) => [name, shapeOf(entryTypes[index] ?? type)]) }
    }
    default:
      return 'opaque'
  }
}

/**
 * SQL for a row as a JSON text that every parser of JSON reads as it was meant: NaN and infinite numbers as null, whole numbers that a double cannot
 * hold as text. Columns that hold bytes are left out.
 */
export function rowAsJson(names: readonly string[], types: readonly DuckDBType[]): string {
  const entries = names.flatMap((name, index) => {
    const type = types[index]
    return type && !holdsBytes(type) ? [`${quoteText(name)}, ${valueAsJson(quoteName(name), type, 0)}`] : []
  })
  return `json_object(${entries.join(', ')})::VARCHAR`
}

/** Doubles are exact up to here, 2^53 − 1. */
const SAFE = Number.MAX_SAFE_INTEGER

function valueAsJson(value: string, type: DuckDBType, depth: number): string {
  switch (type.typeId) {
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return `CASE WHEN isfinite(${value}) THEN ${value} END`
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return `CASE WHEN ${value} BETWEEN -${SAFE} AND ${SAFE} THEN to_json(${value}) ELSE to_json(${value}::VARCHAR) END`
    case DuckDBTypeId.LIST: {
      const item = `item${depth}`
      const inner = valueAsJson(item, (type as DuckDBListType).valueType, depth + 1)
      return inner === item ? value : `list_transform(${value}, lambda ${item}: ${inner})`
    }
    case DuckDBTypeId.STRUCT:
      return structAsJson(value, type as DuckDBStructType, depth)
    default:
      return value
  }
}

function structAsJson(value: string, { entryNames, entryTypes }: DuckDBStructType, depth: number): string {
  const entries = entryNames.map((name, index) => {
    const type = entryTypes[index]
    const field = `struct_extract(${value}, ${quoteText(name)})`
    return { name, field, json: type ? valueAsJson(field, type, depth + 1) : field }
  })
  if (entries.every(({ field, json }) => field === json)) return value
  const pairs = entries.map(({ name, json }) => `${quoteText(name)}, ${json}`)
  return `CASE WHEN ${value} IS NOT NULL THEN json_object(${pairs.join(', ')}) END`
}

export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`
