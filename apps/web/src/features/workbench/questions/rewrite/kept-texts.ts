const PREFIX = 'groundwork.rewrite.'
const inMemory = new Map<string, string>()

/**
 * Keeps the text of a response that the trainer turned away from, should they come back to it. The draft holds only the response that is
 * being rewritten, so the others live as long as the tab does; a session's storage needs no tidying.
 */
export function keepText(place: string, text: string): void {
  inMemory.set(place, text)
  try {
    sessionStorage.setItem(PREFIX + place, text)
  } catch {
    // Storage is full or forbidden: kept as long as the page.
  }
}

export function keptText(place: string): string | null {
  try {
    return inMemory.get(place) ?? sessionStorage.getItem(PREFIX + place)
  } catch {
    return null
  }
}
