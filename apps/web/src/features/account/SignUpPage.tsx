/** Placeholder until the page is built. */
export function SignUpPage() {
  return null
}
