import { useLayoutEffect } from 'react'
import { isTextField } from './key-match.ts'

let waiting = 0
let held: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>[] = []

/**
 * While it is drawn, single keys are kept, and pressed again once nothing is drawn any more that keeps them: for what stands in the place
 * of a view whose keys are still being loaded.
 */
export function useHeldKeys(): void {
  useLayoutEffect(() => {
    waiting += 1
    if (waiting === 1) {
      window.addEventListener('keydown', hold, true)
      window.addEventListener('pointerdown', forget, true)
    }
    return () => {
      waiting -= 1
      if (waiting > 0) return
      window.removeEventListener('keydown', hold, true)
      window.removeEventListener('pointerdown', forget, true)
      // What has come in its place listens by then.
      setTimeout(release)
    }
  }, [])
}

function hold(event: KeyboardEvent): void {
  const { key, code, shiftKey, target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
  if (key === ' ' || (key.length > 1 && key !== 'Enter') || isTextField(target)) return
  if (target instanceof Element && target.closest('a, button, summary, [role="dialog"], [role="menu"]'))
    return
  event.preventDefault()
  event.stopImmediatePropagation()
  held.push({ key, code, shiftKey })
}

/** Who takes the mouse instead wants something else: perhaps to leave this task. */
function forget(): void {
  held = []
}

async function release(): Promise<void> {
  for (let next = held.shift(); next; next = held.shift()) {
    const event = new KeyboardEvent('keydown', { ...next, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(event)
    // What a key changes is drawn before the next one.
    await undefined
  }
}
