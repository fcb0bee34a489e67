import { useLayoutEffect, useRef } from 'react'
import { createPersonalValue } from '../personal.ts'
import { createStore } from '../store.ts'
import { bindings, boundKey } from './bindings.ts'
import { isTextField, matchesKey } from './key-match.ts'

export type ShortcutGroup = 'general' | 'workbench' | 'answers'
export type Shortcut = {
  /** Names the act for good, so that a person's own key stays with it; the label by default, which changes with the language. */
  id?: string
  /** `s`, `?`, `[`, `Enter`, `Ctrl+Enter`. Several for one act: `['1', '2']` get the pressed one. A person may set others instead. */
  keys: string | string[]
  label: string
  group: ShortcutGroup
  /** Gets which of `keys` was meant. Return false to let the browser have the key. */
  run: (key: string) => unknown
  /** Works while typing too; only for keys with Ctrl. */
  whileTyping?: boolean
}

/** Single keys can be turned off (WCAG 2.1.4); keys with Ctrl stay. */
export const singleKeys = createPersonalValue<'on' | 'off'>('singleKeys', 'on')

const registered = createStore<readonly Shortcut[]>([])
export const shortcutStore = { get: registered.get, subscribe: registered.subscribe }

/** Stable name of a shortcut. */
export const idOf = ({ id, group, label }: Shortcut): string => id ?? `${group}:${label}`

/** Shortcuts of a page, for as long as it is shown. Later ones win. Never fires in a text field or behind an open dialog. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const shape = shortcuts.map(({ id, keys, label, group }) => `${id}|${keys}|${label}|${group}`).join('\n')
  // Before the paint: whoever sees a task may press a key at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: registers again only when keys or labels change; `run` is read when pressed.
  useLayoutEffect(() => {
    const mine: Shortcut[] = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (key) => latest.current[index]?.run(key),
    }))
    registered.set([...mine, ...registered.get()])
    return () => registered.set(registered.get().filter((each) => !mine.includes(each)))
  }, [shape])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const typing = isTextField(event.target)
  const inDialog = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  const bound = bindings.get()
  for (const shortcut of registered.get()) {
    for (const own of [shortcut.keys].flat()) {
      const key = boundKey(bound, idOf(shortcut), own)
      if (key === '' || !matchesKey(event, key)) continue
      const single = !key.startsWith('Ctrl+')
      if (typing && (single || !shortcut.whileTyping)) continue
      if (inDialog || (single && key.length === 1 && key !== '?' && singleKeys.get() === 'off')) continue
      if (event.repeat && !['j', 'k'].includes(own)) continue
      if (
        key === 'Enter' &&
        event.target instanceof HTMLElement &&
        event.target.closest('a, button, summary')
      )
        continue
      if (shortcut.run(own) === false) continue
      event.preventDefault()
      return
    }
  }
}

/** Starts to listen; once per page. */
export function listenForShortcuts(): void {
  window.addEventListener('keydown', onKeyDown)
}
