import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { focusedBefore } from './keys/type-ahead.ts'

/** As the `ref` of an element: it gets the focus when it appears, as the first field of a page that is only a form. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus()

/**
 * Draws what an event has just changed and then moves the focus into it, all before the next key is heard: whoever types fast would press
 * that key somewhere else while a frame is waited for. Only for what listens to events.
 */
export function focusDrawn(move: () => void): void {
  // Nothing more is changed: what waits to be drawn is drawn.
  flushSync(() => undefined)
  move()
}

/**
 * Gives the focus back to what had it before a dialog opened, also to a region that Tab does not reach, whose first control would get it
 * otherwise. A focus that has moved on stays where it is.
 * @returns `finalFocus` of the dialog
 */
export function useFocusReturn(open: boolean): () => boolean {
  const before = useRef<Element | null>(null)
  if (!open) before.current = null
  else before.current ??= focusedBefore()
  return () => {
    const had = before.current
    if (!(had instanceof HTMLElement) || !had.isConnected) return true
    queueMicrotask(() => {
      const now = document.activeElement
      if (!now || now === document.body || now.closest('[role="dialog"]')) had.focus({ preventScroll: true })
    })
    return false
  }
}
