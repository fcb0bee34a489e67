import { useRef } from 'react'

/** As the `ref` of an element: it gets the focus when it appears, as the first field of a page that is only a form. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus()

/**
 * Gives the focus back to what had it before a dialog opened, also to a region that Tab does not reach, whose first control would get it
 * otherwise. A focus that has moved on stays where it is.
 * @returns `finalFocus` of the dialog
 */
export function useFocusReturn(open: boolean): () => boolean {
  const before = useRef<Element | null>(null)
  if (!open) before.current = null
  else before.current ??= document.activeElement
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
