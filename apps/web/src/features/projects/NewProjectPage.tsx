/** Placeholder until the page is built. */
export function NewProjectPage() {
  return null
}
