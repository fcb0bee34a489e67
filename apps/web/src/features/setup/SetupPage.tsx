/** Placeholder until the page is built. */
export function SetupPage() {
  return null
}
