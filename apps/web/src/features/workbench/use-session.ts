import { useEffect, useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { browserStorage } from './storage.ts'
import { WorkbenchSession } from './workbench-session.ts'
import type { WorkbenchEvent } from './workbench-state.ts'

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart', 'scroll'] as const

/** A session for as long as the page is open, tied to the window: signs of life, visibility, connection, leaving. */
export function useSession(
  projectId: string,
  userId: string,
  onEvent: (event: WorkbenchEvent, session: WorkbenchSession) => void,
): WorkbenchSession | null {
  const [session, setSession] = useState<WorkbenchSession | null>(null)
  const latest = useRef(onEvent)
  latest.current = onEvent

  useEffect(() => {
    const made: WorkbenchSession = new WorkbenchSession({
      client,
      projectId,
      userId,
      storage: browserStorage(),
      onEvent: (event) => latest.current(event, made),
    })
    setSession(made)
    void made.start()
    const sign = () => made.sign()
    const visible = () => made.setVisible(document.visibilityState === 'visible')
    const online = () => made.online()
    const leave = () => made.leave()
    for (const kind of signs) window.addEventListener(kind, sign, { passive: true, capture: true })
    document.addEventListener('visibilitychange', visible)
    window.addEventListener('online', online)
    window.addEventListener('pagehide', leave)
    return () => {
      for (const kind of signs) window.removeEventListener(kind, sign, { capture: true })
      document.removeEventListener('visibilitychange', visible)
      window.removeEventListener('online', online)
      window.removeEventListener('pagehide', leave)
      made.dispose()
    }
  }, [projectId, userId])
  return session
}
