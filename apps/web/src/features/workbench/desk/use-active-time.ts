import { useEffect, useRef } from 'react'
import { ActiveTimeMeter } from '../active-time.ts'
import { signsOfLife } from '../signs-of-life.ts'

/** Counts the active time of a page from now on. @returns reads it, in ms */
export function useActiveTime(): () => number {
  const meter = useRef<ActiveTimeMeter>(null)
  meter.current ??= new ActiveTimeMeter(performance.now(), {
    visible: document.visibilityState === 'visible',
  })
  useEffect(
    () =>
      signsOfLife({
        sign: () => meter.current?.sign(performance.now()),
        visible: (visible) => meter.current?.setVisible(performance.now(), visible),
      }),
    [],
  )
  return () => meter.current?.read(performance.now()) ?? 0
}
