/** Placeholder until the page is built. */
export function EarningsPage() {
  return null
}
