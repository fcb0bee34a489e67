export const browserTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** All time zones that the browser knows, with the own one and the given one, which may go by an older name. */
export function timeZones(given?: string): string[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', browserTimeZone()])
  if (given) zones.add(given)
  return [...zones].sort()
}
