/** The address of a link in a task when it may be opened at all: http, https and mailto; null for everything else. */
export function openableUrl(url: string): URL | null {
  try {
    const parsed = new URL(url)
    return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed : null
  } catch {
    return null
  }
}
