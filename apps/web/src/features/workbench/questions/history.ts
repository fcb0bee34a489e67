import { useRef, useState } from 'react'

/** What was before, and what was taken back. `tag` and `at` belong to the last change: a change of the same kind soon after joins it. */
export type History<T> = {
  readonly past: readonly T[]
  readonly future: readonly T[]
  readonly tag: string | undefined
  readonly at: number
}

const MAX_STEPS = 200
/** Changes of one kind that follow each other within this time, in ms, are taken back as one. */
const JOINS_FOR = 1_000

export const emptyHistory: History<never> = { past: [], future: [], tag: undefined, at: 0 }

/** Notes what was there before a change. Changes with the same tag in quick succession become one step. */
export function noted<T>(history: History<T>, before: T, tag: string | undefined, now: number): History<T> {
  const joins = tag !== undefined && tag === history.tag && now - history.at < JOINS_FOR
  const past = joins && history.past.length > 0 ? history.past : [...history.past, before].slice(-MAX_STEPS)
  return { past, future: [], tag, at: now }
}

/** @returns the value before the last change; undefined when there was none */
export function takenBack<T>(
  { past, future }: History<T>,
  current: T,
): { history: History<T>; value: T } | undefined {
  if (past.length === 0) return undefined
  const value = past[past.length - 1] as T
  return { value, history: { past: past.slice(0, -1), future: [current, ...future], tag: undefined, at: 0 } }
}

/** @returns the value that was taken back last; undefined when there is none */
export function doneAgain<T>(
  { past, future }: History<T>,
  current: T,
): { history: History<T>; value: T } | undefined {
  if (future.length === 0) return undefined
  const [value, ...rest] = future
  return { value: value as T, history: { past: [...past, current], future: rest, tag: undefined, at: 0 } }
}

export type Undoable<T> = {
  change: (update: (value: T) => T, tag?: string) => void
  /** @returns the value that holds from now on; undefined when there was nothing to take back */
  undo: () => T | undefined
  redo: () => T | undefined
  canUndo: boolean
  canRedo: boolean
}

/** Undo and redo for a value that lives elsewhere: every change goes to `onChange`. */
export function useUndo<T>(value: T, onChange: (value: T) => void): Undoable<T> {
  const [history, setHistory] = useState<History<T>>(emptyHistory)
  // Several changes may come before the page is drawn again.
  const latest = useRef({ value, history })
  latest.current = { value, history }
  const put = (next: { value: T; history: History<T> } | undefined) => {
    if (!next) return undefined
    latest.current = next
    setHistory(next.history)
    onChange(next.value)
    return next.value
  }
  return {
    change(update, tag) {
      const { value: before, history: known } = latest.current
      const next = update(before)
      if (next !== before) put({ value: next, history: noted(known, before, tag, Date.now()) })
    },
    undo: () => put(takenBack(latest.current.history, latest.current.value)),
    redo: () => put(doneAgain(latest.current.history, latest.current.value)),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  }
}
