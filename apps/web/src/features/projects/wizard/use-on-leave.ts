import { useEffect, useRef } from 'react'

/** Runs when a step is left by any way, be it a link, the browser's way back or a closed tab: what was typed goes along. */
export function useOnLeave(run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const leave = () => latest.current()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}
