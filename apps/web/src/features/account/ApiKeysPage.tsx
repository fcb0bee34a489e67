/** Placeholder until the page is built. */
export function ApiKeysPage() {
  return null
}
