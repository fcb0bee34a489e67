/** What a task is called: the id that came with it, or the end of its own. */
export const taskName = (task: { id: string; externalId: string | null }) =>
  task.externalId ?? task.id.slice(-8)
