/** Placeholder until the page is built. */
export function ProjectsPage() {
  return null
}
