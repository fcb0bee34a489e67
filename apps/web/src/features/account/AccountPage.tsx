/** Placeholder until the page is built. */
export function AccountPage() {
  return null
}
