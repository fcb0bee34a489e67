/** Placeholder until the page is built. */
export function InvitePage() {
  return null
}
