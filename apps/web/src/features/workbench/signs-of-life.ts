/** Something is read aloud to the person, who listens. */
const HEARD = 'groundwork:heard'
export const signOfListening = (): unknown => window.dispatchEvent(new Event(HEARD))

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart', 'scroll', HEARD] as const

/** Tells of every sign that a person is at work, and whether the page can be seen. @returns how to stop */
export function signsOfLife(tell: { sign: () => void; visible: (visible: boolean) => void }): () => void {
  const visible = () => tell.visible(document.visibilityState === 'visible')
  for (const kind of signs) window.addEventListener(kind, tell.sign, { passive: true, capture: true })
  document.addEventListener('visibilitychange', visible)
  return () => {
    for (const kind of signs) window.removeEventListener(kind, tell.sign, { capture: true })
    document.removeEventListener('visibilitychange', visible)
  }
}
