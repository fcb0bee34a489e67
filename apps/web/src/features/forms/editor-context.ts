import { createContext, useContext } from 'react'
import type { DraftForm, Fault, Place } from './form-draft.ts'

export type Editor = {
  draft: DraftForm
  faults: readonly Fault[]
  selected: Place | null
  /** Says what was done too, for screen readers. */
  change: (draft: DraftForm, selected?: Place | null) => void
  select: (place: Place | null) => void
  say: (text: string) => void
}

export const EditorContext = createContext<Editor | null>(null)

export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('This belongs into a FormEditor.')
  return editor
}

/** What is wrong at a field (`questions.0.label`), and not only below it. */
export const faultAt = (faults: readonly Fault[], path: string): string | undefined =>
  faults.find((fault) => fault.path === path)?.message

/** How many faults an entry has, its fields counted. */
export const faultsBelow = (faults: readonly Fault[], path: string): number =>
  faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`)).length
