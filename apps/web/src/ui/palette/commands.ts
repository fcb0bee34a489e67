import { useEffect, useRef } from 'react'
import { createStore } from '../store.ts'

export type Command = {
  id: string
  label: string
  /** Other words that a person might type for it. */
  keywords?: string
  /** Shown beside it, such as `S`. */
  keys?: string
  run: () => void
}

const registered = createStore<readonly Command[]>([])
export const commandStore = { get: registered.get, subscribe: registered.subscribe }

/** Puts commands into the palette (Ctrl+K) for as long as the component is shown; those of the open page come first. */
export function useCommands(commands: Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const shape = commands.map(({ id, label }) => `${id}|${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: registers again only when the list changes; `run` is read when chosen.
  useEffect(() => {
    const mine: Command[] = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((each) => each.id === command.id)?.run(),
    }))
    registered.set([...mine, ...registered.get()])
    return () => registered.set(registered.get().filter((each) => !mine.includes(each)))
  }, [shape])
}

/** Commands whose label or keywords hold every typed word, those that start with the text first. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = commands.filter((command) => {
    const text = `${command.label} ${command.keywords ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const starts = (command: Command) => (command.label.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1)
  return words.length === 0 ? matching : matching.toSorted((one, other) => starts(one) - starts(other))
}
