/** Placeholder until the page is built. */
export function OrganizationPage() {
  return null
}
