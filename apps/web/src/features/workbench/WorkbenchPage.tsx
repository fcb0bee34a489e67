/** Placeholder until the page is built. */
export function WorkbenchPage() {
  return null
}
