/** What of a keyboard event decides about a shortcut. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * Whether a press is the shortcut `keys`: a key such as `s`, `?`, `[`, `1`, `Enter`, or the same with `Ctrl+` before it (the command
 * key counts as Ctrl). On keyboards that write no Latin letters the physical key counts.
 */
export function matchesKey(press: KeyPress, keys: string): boolean {
  const withCtrl = keys.startsWith('Ctrl+')
  if (press.altKey || withCtrl !== (press.ctrlKey || press.metaKey)) return false
  const wanted = (withCtrl ? keys.slice(5) : keys).toLowerCase()
  if (press.key.toLowerCase() === wanted) return true
  const latin = press.key.length === 1 && press.key.charCodeAt(0) < 128
  return !latin && /^[a-z]$/.test(wanted) && press.code === `Key${wanted.toUpperCase()}`
}

/** Whether typing goes into this element; single keys must then mean letters. */
export function isTextField(target: unknown): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  if (!(target instanceof HTMLInputElement)) return false
  return !['button', 'checkbox', 'radio', 'range', 'submit', 'file', 'color'].includes(target.type)
}
