import { useLayoutEffect, useRef } from 'react'
import { isTextField } from './key-match.ts'

let waiting = 0
let held: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'target'>[] = []

/**
 * While what should hear single keys is still being loaded, they are kept; once it is there they are pressed again.
 * @param waits whether this is what should hear them
 */
export function useHeldKeys(waits: boolean): void {
  const waited = useRef(false)
  useLayoutEffect(() => {
    // Something else is to hear keys now.
    if (waited.current && !waits) forget()
    waited.current = waits
    if (!waits) return
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
  }, [waits])
}

function hold(event: KeyboardEvent): void {
  const { key, code, shiftKey, target } = event
  if (/^(Arrow|Tab)/.test(key)) forget()
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
  if (key === ' ' || (key.length > 1 && key !== 'Enter') || isTextField(target)) return
  if (target instanceof Element && target.closest('a, button, summary, [role="dialog"], [role="menu"]'))
    return
  event.preventDefault()
  event.stopImmediatePropagation()
  held.push({ key, code, shiftKey, target })
}

/** Who goes elsewhere, by mouse or by key, does not mean what is still being loaded any more. */
function forget(): void {
  held = []
}

async function release(): Promise<void> {
  for (let next = held.shift(); next && waiting === 0; next = held.shift()) {
    const { target, ...press } = next
    const at = target instanceof Element && target.isConnected ? target : document.body
    at.dispatchEvent(new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true }))
    // What a key changes is drawn before the next one.
    await undefined
  }
}
