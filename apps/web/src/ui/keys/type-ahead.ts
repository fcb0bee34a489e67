import { isTextField } from './key-match.ts'

/** Keys that do something in a field of one line and write nothing; they are pressed again where the text goes. */
const acting = /^(Enter|Arrow(Up|Down))$/

let stop: (() => void) | null = null
let had: Element | null = null

/** What has the focus, or had it before what is typed was kept for a field to come: what a dialog gives it back to. */
export const focusedBefore = (): Element | null => (stop ? had : document.activeElement)

/**
 * Keeps what is typed from this key on for a field that is still being loaded or drawn: it goes into the next field that gets the focus,
 * and nothing on the page hears of it. Ends with Escape, a pointer, or a focus that goes elsewhere.
 * @param cancel called when Escape ends it
 * @param lines whether the field has several lines
 */
export function typeAhead(cancel: () => void, lines = false): void {
  if (stop) return
  const field: HTMLInputElement | HTMLTextAreaElement = document.createElement(lines ? 'textarea' : 'input')
  field.className = 'sr'
  // Nothing for a screen reader to read: the field to come says what it is.
  field.setAttribute('aria-label', ' ')
  const keys: string[] = []
  had = document.activeElement
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') {
      end()
      if (had instanceof HTMLElement) had.focus({ preventScroll: true })
      cancel()
    } else if (!lines && acting.test(event.key) && !event.isComposing) keys.push(event.key)
    else if (event.key !== 'Tab') return
    event.preventDefault()
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (target === field) return
    const typed = field.value
    end()
    if (isTextField(target)) void handOver(target as HTMLElement, typed, keys)
  }
  // A dialog that opens takes the focus from what is behind it before it gives it to its field.
  const onBlur = () =>
    queueMicrotask(() => stop === end && document.activeElement === document.body && field.focus())
  function end() {
    if (stop === end) stop = null
    document.removeEventListener('focusin', onFocus)
    window.removeEventListener('pointerdown', end, true)
    field.removeEventListener('blur', onBlur)
    field.remove()
  }
  stop = end
  field.onkeydown = onKey
  field.addEventListener('blur', onBlur)
  document.addEventListener('focusin', onFocus)
  window.addEventListener('pointerdown', end, true)
  document.body.append(field)
  field.focus({ preventScroll: true })
}

async function handOver(target: HTMLElement, typed: string, keys: readonly string[]): Promise<void> {
  // It has the focus, and what else came with that is done.
  await undefined
  if (typed !== '' && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) {
    target.setRangeText(typed, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
    target.dispatchEvent(new InputEvent('input', { bubbles: true, data: typed, inputType: 'insertText' }))
  }
  for (const key of keys) {
    // What the text or the key before has changed is drawn first.
    await new Promise((resolve) => requestAnimationFrame(resolve))
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }
}
