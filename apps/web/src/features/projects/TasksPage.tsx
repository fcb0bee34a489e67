/** Placeholder until the page is built. */
export function TasksPage() {
  return null
}
