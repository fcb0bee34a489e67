import { createStore, useStore } from '../../ui/store.ts'

/** The place that was made active last, on which task; null where nothing was. */
const active = createStore<{ task: string; place: string | null }>({ task: '', place: null })

/** Id of the place that was made active on this task (`placeId`); null before anything was. */
export function useActivePlace(taskId: string): string | null {
  const { task, place } = useStore(active)
  return task === taskId ? place : null
}

/** Makes a place the one that single keys answer, without moving the focus. */
export function activate(taskId: string, place: string): void {
  const now = active.get()
  if (now.task !== taskId || now.place !== place) active.set({ task: taskId, place })
}

/** A task comes on the screen, perhaps again: nothing has been made active on it yet. */
export function forgetActive(taskId: string): void {
  active.set({ task: taskId, place: null })
}

/**
 * Goes to a place: makes it active and brings it into view with the focus, in its field where it is written.
 * @param part the control within it to go to, by its `data-part`, such as an axis
 */
export function goTo(taskId: string, place: string, part?: string): void {
  activate(taskId, place)
  // At once, so that the next key lands there; what is asked only now is drawn with the next frame.
  if (!focusPlace(place, part)) requestAnimationFrame(() => focusPlace(place, part))
}

function focusPlace(place: string, part: string | undefined): boolean {
  const element = document.getElementById(placeElementId(place))
  if (!element) return false
  const within = part && element.querySelector<HTMLElement>(`[data-part="${CSS.escape(part)}"]`)
  const field = element.querySelector<HTMLElement>('[data-field]:not([hidden])')
  const target = within || field || element
  target.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'nearest' })
  if (element.querySelector('[aria-busy]')) focusWhenLoaded(element, () => focusPlace(place, part))
  return true
}

/** Goes on into the field of a view that is loaded only now, unless the person has left in between. */
function focusWhenLoaded(element: HTMLElement, go: () => void): void {
  const observer = new MutationObserver(() => {
    if (element.querySelector('[aria-busy]')) return
    observer.disconnect()
    if (document.activeElement === element) go()
  })
  observer.observe(element, { childList: true, subtree: true })
}

/** Id of the element that a place is drawn in. */
export const placeElementId = (place: string): string => `place-${place}`
