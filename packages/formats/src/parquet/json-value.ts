import {
  type DuckDBArrayType,
  DuckDBArrayValue,
  DuckDBDecimalValue,
  type DuckDBListType,
  DuckDBListValue,
  type DuckDBMapType,
  DuckDBMapValue,
  type DuckDBStructType,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'
import { imageOf, isFile } from './image-cell.ts'

type ToJson = (value: DuckDBValue) => unknown

/** Whether a type holds bytes and not text, at any depth. Images are no bytes: they become data URLs. */
export function holdsBytes(type: DuckDBType): boolean {
  switch (type.typeId) {
    case DuckDBTypeId.BLOB:
    case DuckDBTypeId.BIT:
    case DuckDBTypeId.GEOMETRY:
      return true
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return holdsBytes((type as DuckDBListType | DuckDBArrayType).valueType)
    case DuckDBTypeId.MAP:
      return holdsBytes((type as DuckDBMapType).valueType)
    case DuckDBTypeId.STRUCT:
      return !isFile(type) && (type as DuckDBStructType).entryTypes.some(holdsBytes)
    default:
      return false
  }
}

/**
 * How values of a type are written as JSON, so that every parser reads them as they were meant: NaN and infinite numbers as null, whole numbers that a
 * double cannot hold as text, dates as text. A struct has all of its fields in every row; those that are null are left out. An image is a data URL.
 * @param onLost told of each image that is none
 */
export function jsonOf(type: DuckDBType, onLost: () => void): ToJson {
  const convert = converterOf(type, onLost)
  return (value) => (value === null ? null : convert(value))
}

function converterOf(type: DuckDBType, onLost: () => void): ToJson {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return (value) => value
    case DuckDBTypeId.VARCHAR:
      return type.alias === 'JSON' ? parsed : (value) => value
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY: {
      const inner = jsonOf((type as DuckDBListType | DuckDBArrayType).valueType, onLost)
      return (value) =>
        value instanceof DuckDBListValue || value instanceof DuckDBArrayValue ? value.items.map(inner) : null
    }
    case DuckDBTypeId.STRUCT: {
      if (isFile(type)) return (value) => imageOf(value, onLost)
      const { entryNames, entryTypes } = type as DuckDBStructType
      const fields = entryNames.map((name, index) => ({
        name,
        json: jsonOf(entryTypes[index] ?? type, onLost),
      }))
      return (value) => (value instanceof DuckDBStructValue ? present(fields, value.entries) : null)
    }
    case DuckDBTypeId.MAP: {
      const inner = jsonOf((type as DuckDBMapType).valueType, onLost)
      return (value) =>
        value instanceof DuckDBMapValue
          ? Object.fromEntries(value.entries.map((entry) => [String(entry.key), inner(entry.value)]))
          : null
    }
    default:
      return scalar
  }
}

function present(fields: { name: string; json: ToJson }[], entries: Readonly<Record<string, DuckDBValue>>) {
  return Object.fromEntries(
    fields.flatMap(({ name, json }) => {
      const value = json(entries[name] ?? null)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function scalar(value: DuckDBValue): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return value instanceof DuckDBDecimalValue ? value.toDouble() : String(value)
}

/** A cell of JSON that is none is text. */
function parsed(value: DuckDBValue): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    return value
  }
}
