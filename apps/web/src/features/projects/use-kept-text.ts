import { useState } from 'react'

/** A text under work that outlives a reload in this browser; `forget` when it is saved. */
export function useKeptText(key: string, saved: string) {
  const [value, setValue] = useState(() => read(key) ?? saved)
  return {
    value,
    change(next: string) {
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
