import { type RefCallback, useCallback, useEffect, useRef, useState } from 'react'
import { createStoredValue, useStoredValue } from '../stored-value.ts'
import { joinRanges, setMarks, wordsIn } from './marks.ts'
import { diffWords } from './word-diff.ts'

const syncedScroll = createStoredValue<'on' | 'off'>('groundwork.syncedScroll', 'on')

/** What a person does with the responses while reading: which is shown on a phone, scrolling together, the word diff. */
export type ResponsesView = {
  /** Position of the response that is shown where there is room for one. */
  shown: number
  show: (position: number) => void
  synced: boolean
  toggleSynced: () => void
  diff: boolean
  toggleDiff: () => void
  /** Gives the keyboard to a response. */
  focus: (position: number) => void
  /** Scrolls the response with the focus (or the first) by this share of its height. */
  scroll: (share: number) => void
  bodyRef: (position: number) => RefCallback<HTMLDivElement>
}

/** @param key changes with the task: everything about the old text is forgotten then. */
export function useResponses(key: string): ResponsesView {
  const bodies = useRef<(HTMLDivElement | null)[]>([])
  const [shown, show] = useState(0)
  const [diff, setDiff] = useState(false)
  const synced = useStoredValue(syncedScroll) === 'on'

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another task.
  useEffect(() => {
    show(0)
    setDiff(false)
    for (const body of bodies.current) body?.scrollTo(0, 0)
  }, [key])
  useSyncedScroll(bodies, synced, key)
  useWordDiff(bodies, diff, key)

  const focus = useCallback((position: number) => {
    show(position)
    // After the paint: on a phone the response has only now become visible.
    requestAnimationFrame(() => bodies.current[position]?.focus())
  }, [])
  const scroll = useCallback((share: number) => {
    const body = bodies.current.find((each) => each?.contains(document.activeElement)) ?? bodies.current[0]
    if (!body) return
    if (body.scrollHeight > body.clientHeight + 1) body.scrollBy({ top: share * body.clientHeight })
    else window.scrollBy({ top: share * window.innerHeight })
  }, [])
  const bodyRef = useCallback(
    (position: number): RefCallback<HTMLDivElement> =>
      (body) => {
        bodies.current[position] = body
      },
    [],
  )
  return {
    shown,
    show,
    synced,
    toggleSynced: () => syncedScroll.set(synced ? 'off' : 'on'),
    diff,
    toggleDiff: () => setDiff(!diff),
    focus,
    scroll,
    bodyRef,
  }
}

type Bodies = { current: (HTMLDivElement | null)[] }

/** Both responses scroll by the same share of what they have to scroll. */
function useSyncedScroll(bodies: Bodies, synced: boolean, key: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task has other elements.
  useEffect(() => {
    if (!synced) return
    const elements = bodies.current.filter((body) => body !== null)
    let leader: HTMLElement | null = null
    let release = 0
    const follow = (event: Event) => {
      const source = event.currentTarget as HTMLElement
      if (leader && leader !== source) return
      leader = source
      clearTimeout(release)
      release = window.setTimeout(() => {
        leader = null
      }, 120)
      const share = source.scrollTop / Math.max(1, source.scrollHeight - source.clientHeight)
      for (const body of elements) {
        if (body !== source) body.scrollTop = share * (body.scrollHeight - body.clientHeight)
      }
    }
    for (const body of elements) body.addEventListener('scroll', follow, { passive: true })
    return () => {
      clearTimeout(release)
      for (const body of elements) body.removeEventListener('scroll', follow)
    }
  }, [bodies, synced, key])
}

/** Marks the words that only one of the first two responses has, and again whenever their text is drawn anew (code gets colours late). */
function useWordDiff(bodies: Bodies, on: boolean, key: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task has other elements.
  useEffect(() => {
    const [a, b] = bodies.current
    if (!on || !a || !b) return
    const mark = () => {
      const [inA, inB] = [wordsIn(a), wordsIn(b)]
      const { onlyA, onlyB } = diffWords(
        inA.map((word) => word.text),
        inB.map((word) => word.text),
      )
      setMarks('word-diff', [...joinRanges(inA, onlyA), ...joinRanges(inB, onlyB)])
    }
    mark()
    const observer = new MutationObserver(mark)
    for (const body of [a, b]) observer.observe(body, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      setMarks('word-diff', [])
    }
  }, [bodies, on, key])
}
