type Keyed = { value: string; label: string; shortcut?: string | undefined }

/**
 * The keys of a picker, by kind and value: categories have the key that the form names, else a letter of their label, else any free
 * letter; severities have digits. What is left over has none.
 */
export function pickKeys(
  categories: readonly Keyed[],
  severities: readonly Keyed[],
): { categories: Map<string, string>; severities: Map<string, string> } {
  const used = new Set(categories.flatMap(({ shortcut }) => shortcut ?? []))
  const give = (wanted: Iterable<string>) => {
    for (const key of wanted) {
      if (!/^[a-z0-9]$/.test(key) || used.has(key)) continue
      used.add(key)
      return key
    }
    return undefined
  }
  const keysOf = (list: readonly Keyed[], wanted: (each: Keyed, index: number) => Iterable<string>) => {
    const keys = new Map<string, string>()
    for (const [index, each] of list.entries()) {
      const key = each.shortcut ?? give(wanted(each, index))
      if (key) keys.set(each.value, key)
    }
    return keys
  }
  const digits = keysOf(severities, (_, index) => [String((index + 1) % 10), ...'1234567890'])
  const letters = keysOf(categories, ({ label }) => [
    ...label.toLowerCase().normalize('NFD'),
    ...'abcdefghijklmnopqrstuvwxyz',
  ])
  return { categories: letters, severities: digits }
}
