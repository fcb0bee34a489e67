/** Whether arrow keys mean something to the element that has the focus; on the page itself and on questions they do not. */
export function hasOwnArrows(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target === document.body || target.id === 'main' || target.hasAttribute('data-place')) return false
  const inQuestion = target.closest('[data-place]') !== null
  return !inQuestion || !(target instanceof HTMLButtonElement) || target.hasAttribute('role')
}
