import { createPersonalValue } from '../personal.ts'
import { useStore } from '../store.ts'

/** Keys that the person has set, by what they stand for (`slotOf`); an empty one is turned off. */
export type Bindings = Readonly<Record<string, string>>

export const bindings = createPersonalValue<Bindings>('keys', {})

/** What can be bound: the shortcut's id and the key that it has by itself (some shortcuts have several, each with its own effect). */
export const slotOf = (shortcutId: string, key: string): string => `${shortcutId} ${key}`

/** The key that counts now, for the one that a shortcut has by itself; empty when it is turned off. */
export const boundKey = (bound: Bindings, shortcutId: string, key: string): string =>
  bound[slotOf(shortcutId, key)] ?? key

/** The bindings after a slot got a key; its own key again, or null, sets nothing. */
export function withBinding(bound: Bindings, slot: string, key: string | null): Bindings {
  const { [slot]: _, ...others } = bound
  const own = slot.slice(slot.indexOf(' ') + 1)
  return key === null || key === own ? others : { ...others, [slot]: key }
}

/** Keys that browsers and screen readers keep for themselves, or that move through every page. */
const kept =
  /^(Ctrl\+[acnrtvwxz]|Tab|Escape|Arrow\w+| |Space|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|F\d+)$/i

export type BindingProblem = { kind: 'taken'; slot: string } | { kind: 'kept' } | { kind: 'typing' }

/**
 * What speaks against a key for a slot: another act has it, the browser needs it, or it would be typed into a text that the act must work in.
 * @param whileTyping whether the act works while the person types
 * @param others all slots with the key that each has now
 */
export function problemOf(
  key: string,
  { slot, whileTyping }: { slot: string; whileTyping: boolean },
  others: readonly { slot: string; key: string }[],
): BindingProblem | null {
  if (kept.test(key)) return { kind: 'kept' }
  if (whileTyping && !key.startsWith('Ctrl+')) return { kind: 'typing' }
  const taken = others.find((each) => each.slot !== slot && each.key.toLowerCase() === key.toLowerCase())
  return taken ? { kind: 'taken', slot: taken.slot } : null
}

/** The name of a pressed key as shortcuts write it; null for a press of only Ctrl, Shift and the like, or with Alt. */
export function pressedKey(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string | null {
  if (press.altKey || ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'].includes(press.key)) return null
  const name = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return press.ctrlKey || press.metaKey ? `Ctrl+${name}` : name
}

/** How a key is shown: `S`, `⏎`, `Ctrl K`. */
export const keyName = (key: string): string =>
  key
    .split(/(?<=.)\+(?=.)/)
    .map((part) => (part === 'Enter' ? '⏎' : part.length === 1 ? part.toUpperCase() : part))
    .join(' ')

/** The name of the key that a shortcut has now, for a hint on a button; undefined when it is turned off. */
export function useKeyHint(shortcutId: string, key: string): string | undefined {
  const now = boundKey(useStore(bindings), shortcutId, key)
  return now === '' ? undefined : keyName(now)
}
