/** What a task is called: the id that came with it, or the end of its own. */
export const taskName = (task: { id: string; externalId: string | null }) =>
  task.externalId ?? task.id.slice(-8)

/** The beginning of a task in one line, without the marks of its Markdown. */
export function plainExcerpt(excerpt: string): string {
  return excerpt
    .replaceAll(/\*\*|__|`+/g, '')
    .replaceAll(/^\s*(?:#{1,6}|>|[-*+])\s+/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
