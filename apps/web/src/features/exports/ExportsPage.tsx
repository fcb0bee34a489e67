/** Placeholder until the page is built. */
export function ExportsPage() {
  return null
}
