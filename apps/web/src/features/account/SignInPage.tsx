/** Placeholder until the page is built. */
export function SignInPage() {
  return null
}
