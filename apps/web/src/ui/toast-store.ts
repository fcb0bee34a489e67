import { createStore } from './store.ts'

export type ToastAct = { label: string; run: () => void }
export type Toast = {
  id: number
  text: string
  /** Part of the text that is money received, shown in its colour. */
  money?: string
  act?: ToastAct
  bad?: boolean
  /** How long it stays, in ms. */
  stays: number
}

const toasts = createStore<Toast[]>([])
let last = 0

/** Dialogs that are open, the topmost last, each by the element in which toasts appear meanwhile. */
const places = createStore<readonly Element[]>([])
export const toastPlaces = { get: places.get, subscribe: places.subscribe }

/** The reference of a dialog's place for toasts: they stand in it while it is open, and so never over what it asks. */
export function toastPlace(element: Element | null): () => void {
  if (!element) return () => {}
  places.set([...places.get(), element])
  return () => places.set(places.get().filter((each) => each !== element))
}

export const toastStore = { get: toasts.get, subscribe: toasts.subscribe }

/**
 * Says something in passing; read out by screen readers. Give `act` for an undo.
 * @returns a function that takes it away.
 */
export function showToast(toast: { text: string } & Partial<Omit<Toast, 'id'>>): () => void {
  last += 1
  const made: Toast = { stays: toast.act ? 10_000 : 5_000, ...toast, id: last }
  toasts.set([...toasts.get().slice(-2), made])
  return () => dismissToast(made.id)
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((each) => each.id !== id))
}
