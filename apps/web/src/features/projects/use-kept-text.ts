import { useState } from 'react'

/** A text under work that outlives a reload in this browser; `forget` when it is saved. `saved` is what stands without it. */
export function useKeptText<Saved extends string | null>(key: string, saved: Saved) {
  const [value, setValue] = useState<string | Saved>(() => read(key) ?? saved)
  return {
    value,
    change(next: string | Saved) {
      setValue(next)
      write(key, next === saved ? null : next)
    },
    forget: () => write(key, null),
  }
}

// Storage that is full or forbidden is no error: the text then lives as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Kept in memory only.
  }
}
