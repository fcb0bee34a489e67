import { useSyncExternalStore } from 'react'
import { focusedBefore, typeAhead } from '../../../ui/keys/type-ahead.ts'
import { createPersonalValue } from '../../../ui/personal.ts'
import { createStore, useStore } from '../../../ui/store.ts'

export type PanelTab = 'guideline' | 'notes'

/** What is docked beside the task, and how wide it is in CSS pixels. */
export const panel = createPersonalValue<{ open: PanelTab | null; width: number }>('panel', {
  open: null,
  width: 360,
})

/** On a small screen it stands over the task; it is then never open from the beginning. */
const over = createStore<PanelTab | null>(null)

const narrow = typeof window === 'undefined' ? null : window.matchMedia('(max-width: 1000px)')
const follow = (run: () => void) => {
  narrow?.addEventListener('change', run)
  return () => narrow?.removeEventListener('change', run)
}

/** The tab that is open, and whether it stands over the task. */
export function usePanel(): { tab: PanelTab | null; isOver: boolean } {
  const isOver = useSyncExternalStore(follow, () => narrow?.matches ?? false)
  const docked = useStore(panel).open
  const shown = useStore(over)
  return { tab: isOver ? shown : docked, isOver }
}

/** What had the focus before the panel was opened or gone into; it gets it back. */
export const beforePanel: { element: Element | null } = { element: null }

/** The person wants to write a note: the pad takes the focus and clears this. */
export const noteWanted = createStore(false)

/** Whether the person has opened the panel since the page was loaded; one that stood open leaves the focus with the task. */
let opened = false
export const wasOpened = (): boolean => opened

export function showPanel(tab: PanelTab | null): void {
  opened = tab !== null
  const from = focusedBefore()
  if (tab && !from?.closest('.wb-panel')) beforePanel.element = from
  if (narrow?.matches) over.set(tab)
  else panel.set({ ...panel.get(), open: tab })
}

/** Opens the panel at the notes with the cursor in them, wherever it stands; what is typed at once is already the note. */
export function openNotes(): void {
  typeAhead(() => showPanel(null), true)
  noteWanted.set(true)
  showPanel('notes')
}

/** Opens the panel at a tab; closes it when it stands there already. */
export function togglePanel(tab: PanelTab): void {
  const open = narrow?.matches ? over.get() : panel.get().open
  showPanel(open === tab ? null : tab)
}
