/** Placeholder until the page is built. */
export function ResultsPage() {
  return null
}
