/** Placeholder until the page is built. */
export function ForgotPage() {
  return null
}
