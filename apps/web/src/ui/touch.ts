import { useSyncExternalStore } from 'react'

const query = typeof window === 'undefined' ? null : window.matchMedia('(hover: none) and (pointer: coarse)')
const follow = (run: () => void) => {
  query?.addEventListener('change', run)
  return () => query?.removeEventListener('change', run)
}

/** Whether the person has a finger to point with and nothing else, so that hints say what to tap and no key. */
export const useTouch = (): boolean => useSyncExternalStore(follow, () => query?.matches ?? false)
