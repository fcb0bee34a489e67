import { useState } from 'react'
import { type DraftForm, readForm } from './form-draft.ts'

/** A form under work that outlives a reload in this browser, until it is saved or given up. */
export function useKeptDraft(key: string, saved: DraftForm) {
  const [draft, setDraft] = useState<DraftForm>(() => read(key) ?? saved)
  return {
    draft,
    changed: JSON.stringify(draft) !== JSON.stringify(saved),
    change(next: DraftForm) {
      setDraft(next)
      write(key, JSON.stringify(next) === JSON.stringify(saved) ? null : next)
    },
    forget: (next: DraftForm) => {
      setDraft(next)
      write(key, null)
    },
  }
}

// Storage that is full or forbidden is no error: the form then lives as long as the page.
function read(key: string): DraftForm | null {
  try {
    const kept = readForm(localStorage.getItem(key) ?? '')
    return 'draft' in kept ? kept.draft : null
  } catch {
    return null
  }
}

function write(key: string, draft: DraftForm | null): void {
  try {
    if (draft === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Kept in memory only.
  }
}
