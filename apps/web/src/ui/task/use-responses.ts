import {
  type RefCallback,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { focusDrawn } from '../focus.ts'
import { createPersonalValue } from '../personal.ts'
import { useStore } from '../store.ts'

const syncedScroll = createPersonalValue<'on' | 'off'>('syncedScroll', 'on')

/** Where to find: in everything, in the conversation, or in the response at this position. */
export type FindScope = 'all' | 'context' | number

/** What a person does with the responses while reading: which is shown on a phone, scrolling together, the word diff. */
export type ResponsesView = {
  /** Position of the response that is shown where there is room for one. */
  shown: number
  show: (position: number) => void
  synced: boolean
  toggleSynced: () => void
  /** Position of the response with which the others are compared word by word; null: they are not. */
  diff: number | null
  compareWith: (position: number | null) => void
  toggleDiff: () => void
  /** Gives the keyboard to a response. */
  focus: (position: number) => void
  /** Gives the keyboard to the response after (1) or before (-1) the one that has it. */
  step: (by: 1 | -1, responses: number) => void
  /** Scrolls the response with the focus (or the one that is shown) by this share of its height. */
  scroll: (share: number) => void
  bodyRef: (position: number) => RefCallback<HTMLDivElement>
  /** What is being searched; null: nothing. */
  finding: FindScope | null
  find: (scope: FindScope | null) => void
  /** Every turn of the conversation in full. */
  expanded: boolean
  setExpanded: (expanded: boolean) => void
  contextRef: RefObject<HTMLDivElement | null>
  /** The texts on the screen: the conversation (position null), then the responses. */
  texts: () => { position: number | null; element: HTMLElement }[]
}

/** @param key changes with the task: everything about the old text is forgotten then. */
export function useResponses(key: string): ResponsesView {
  const bodies = useRef<(HTMLDivElement | null)[]>([])
  const [shown, show] = useState(0)
  const [diff, compareWith] = useState<number | null>(null)
  const [finding, find] = useState<FindScope | null>(null)
  const [expanded, setExpanded] = useState(false)
  const contextRef = useRef<HTMLDivElement>(null)
  const synced = useStore(syncedScroll) === 'on'

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another task.
  useLayoutEffect(() => {
    show(0)
    compareWith(null)
    find(null)
    setExpanded(false)
    for (const body of bodies.current) body?.scrollTo(0, 0)
  }, [key])
  useSyncedScroll(bodies, synced, key)
  useWordDiff(bodies, diff, key)

  const focus = useCallback((position: number) => {
    show(position)
    // On a phone the response has only now become visible.
    focusDrawn(() => bodies.current[position]?.focus())
  }, [])
  const step = (by: 1 | -1, responses: number) => {
    const focused = bodies.current.findIndex((each) => each?.contains(document.activeElement))
    focus(Math.min(responses - 1, Math.max(0, (focused < 0 ? shown : focused) + by)))
  }
  const scroll = useCallback((share: number) => {
    const focused = bodies.current.find((each) => each?.contains(document.activeElement))
    const body = focused ?? bodies.current.find((each) => each?.checkVisibility()) ?? contextRef.current
    const scroller = scrollerOf(body)
    scroller?.scrollBy({ top: share * scroller.clientHeight })
  }, [])
  const texts = useCallback(
    () => [
      ...(contextRef.current ? [{ position: null, element: contextRef.current }] : []),
      ...bodies.current.flatMap((element, position) => (element ? [{ position, element }] : [])),
    ],
    [],
  )
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
    compareWith,
    toggleDiff: () => compareWith(diff === null ? 0 : null),
    focus,
    step,
    scroll,
    bodyRef,
    finding,
    find,
    expanded,
    setExpanded,
    contextRef,
    texts,
  }
}

/** What scrolls when an element is too high: itself or what it stands in. */
function scrollerOf(element: Element | null | undefined): Element | null {
  for (let each = element; each; each = each.parentElement) {
    if (each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY === 'auto') return each
  }
  return document.scrollingElement
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

/** Marks the words that the responses do not share; what compares them is loaded when it is first wanted. */
function useWordDiff(bodies: Bodies, against: number | null, key: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task has other elements.
  useEffect(() => {
    if (against === null) return
    let stop = () => {}
    let wanted = true
    void import('./mark-diff.ts').then(({ markDiff }) => {
      if (!wanted) return
      const [base, ...others] = [bodies.current[against], ...bodies.current.toSpliced(against, 1)].filter(
        (body) => body != null,
      )
      if (base) stop = markDiff(base, others)
    })
    return () => {
      wanted = false
      stop()
    }
  }, [bodies, against, key])
}
