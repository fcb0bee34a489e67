/** Placeholder until the page is built. */
export function OverviewPage() {
  return null
}
