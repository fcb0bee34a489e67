import { FormatError } from '../faults.ts'

/** What the fields of a foreign record mean; each value is the name of a field, or a path into it such as `data.input` or `turns.0`. */
export type FieldMap = {
  /** Text, or a list of messages. May be left out when `a` and `b` are whole conversations. */
  prompt?: string
  system?: string
  a: string
  b: string
  gold?: string
  id?: string
  model_a?: string
  model_b?: string
}

const roles = ['prompt', 'system', 'a', 'b', 'gold', 'id', 'model_a', 'model_b'] as const
type MapRole = (typeof roles)[number]

/**
 * `prompt=input,a=output_1,b=output_2,gold=label,id=idx` → a map. A field name that holds a comma or `=` is written in double quotes.
 * @throws FormatError `bad_map`, `unknown_map_field` or `incomplete_map`
 */
export function parseMap(text: string): FieldMap {
  const map: Partial<Record<MapRole, string>> = {}
  for (const [, rawRole = '', quoted, bare] of entries(text)) {
    const role = roles.find((each) => each === rawRole.trim())
    if (!role) {
      throw new FormatError(
        'unknown_map_field',
        `"${rawRole.trim()}" is nothing that a field can be mapped to; use ${roles.join(', ')}.`,
      )
    }
    if (map[role] !== undefined) throw new FormatError('bad_map', `"${role}" is mapped twice.`)
    map[role] = quoted === undefined ? (bare ?? '').trim() : quoted.replaceAll('""', '"')
    if (map[role] === '') throw new FormatError('bad_map', `"${role}" has no field name after the "=".`)
  }
  return completeMap(map)
}

/** @throws FormatError `incomplete_map` when a candidate is not mapped */
export function completeMap(map: Partial<Record<MapRole, string>>): FieldMap {
  const { a, b } = map
  if (a === undefined || b === undefined) {
    const missing = [a === undefined && 'a', b === undefined && 'b'].filter(Boolean).join(' and ')
    throw new FormatError(
      'incomplete_map',
      `The map does not say which field is ${missing}, for example "prompt=input,a=output_1,b=output_2".`,
    )
  }
  return { ...map, a, b }
}

/** A map as text that {@link parseMap} reads. */
export function formatMap(map: FieldMap): string {
  return roles
    .flatMap((role) => {
      const field = map[role]
      return field === undefined
        ? []
        : `${role}=${/[",=]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field}`
    })
    .join(',')
}

const entry = /([^=,"]*)=(?:\s*"((?:[^"]|"")*)"\s*|([^,"]*))(?:,|$)/y

function* entries(text: string): Generator<RegExpExecArray> {
  const trimmed = text.trim()
  entry.lastIndex = 0
  let at = 0
  while (at < trimmed.length) {
    entry.lastIndex = at
    const match = entry.exec(trimmed)
    if (!match) {
      throw new FormatError(
        'bad_map',
        `The map cannot be read from "${trimmed.slice(at, at + 40)}". Write it as "prompt=input,a=output_1,b=output_2".`,
      )
    }
    at = entry.lastIndex
    yield match
  }
}
