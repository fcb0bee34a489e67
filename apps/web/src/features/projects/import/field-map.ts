/** What a field of a foreign record can mean, in the order in which it is asked. */
export const mapRoles = ['prompt', 'a', 'b', 'gold', 'id', 'system', 'model_a', 'model_b'] as const
export type MapRole = (typeof mapRoles)[number]
export type MapDraft = Partial<Record<MapRole, string>>

/** The map as the text that the import reads; a field name with a comma, a quote or `=` in it is quoted. */
export function mapText(map: MapDraft): string {
  return mapRoles
    .flatMap((role) => {
      const field = map[role]
      if (!field) return []
      return `${role}=${/[",=]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field}`
    })
    .join(',')
}

/** Keeps what the map of the server says about roles that are known here. */
export function mapFrom(suggested: Record<string, string> | null): MapDraft {
  return Object.fromEntries(
    mapRoles.flatMap((role) => (suggested?.[role] ? [[role, suggested[role]] as const] : [])),
  )
}

export const isComplete = (map: MapDraft) => Boolean(map.a && map.b && map.a !== map.b)
