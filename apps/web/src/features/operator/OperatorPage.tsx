/** Placeholder until the page is built. */
export function OperatorPage() {
  return null
}
