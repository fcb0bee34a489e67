import { createPersonalValue } from '../../../ui/personal.ts'

export type PanelTab = 'guideline' | 'notes'

/** What is docked beside the task, and how wide it is in CSS pixels. */
export const panel = createPersonalValue<{ open: PanelTab | null; width: number }>('panel', {
  open: null,
  width: 360,
})
