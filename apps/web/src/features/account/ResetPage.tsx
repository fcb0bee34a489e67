/** Placeholder until the page is built. */
export function ResetPage() {
  return null
}
