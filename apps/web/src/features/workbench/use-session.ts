import { useEffect, useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { setPersonalOwner } from '../../ui/personal.ts'
import { browserStorage } from '../../ui/storage.ts'
import { signsOfLife } from './signs-of-life.ts'
import { WorkbenchSession } from './workbench-session.ts'
import type { WorkbenchEvent } from './workbench-state.ts'

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
    const stopSigns = signsOfLife({
      sign: () => made.current.sign(),
      visible: (visible) => {
        made.current.setVisible(visible)
        if (visible) void made.current.refresh()
      },
    })
    setPersonalOwner(userId)
    let over = false
    let stopPreferences = () => {}
    void import('./preferences.ts').then(({ keepPreferences }) => {
      if (!over) stopPreferences = keepPreferences()
    })
    const online = () => made.online()
    const focus = () => void made.current.refresh()
    const leave = () => void made.current.flush({ leaving: true })
    window.addEventListener('online', online)
    window.addEventListener('focus', focus)
    window.addEventListener('pagehide', leave)
    return () => {
      stopSigns()
      over = true
      stopPreferences()
      window.removeEventListener('online', online)
      window.removeEventListener('focus', focus)
      window.removeEventListener('pagehide', leave)
      made.dispose()
    }
  }, [projectId, userId])
  return session
}
