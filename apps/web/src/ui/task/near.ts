import { startTransition, useEffect, useRef, useState } from 'react'

/** Begin to draw this far outside of what is seen. */
const MARGIN = '1200px 0px'
/** Preparing may take this much of a frame; the rest belongs to scrolling. In ms. */
const BUDGET_MS = 7

type Waiting = { prepare: () => Promise<unknown> | undefined; show: () => void }

const waiting = new Map<Element, Waiting>()
const wanted = new Set<Element>()
let observer: IntersectionObserver | null = null
let scheduled = false

function pump(): void {
  scheduled = false
  const end = performance.now() + BUDGET_MS
  const ready: Waiting[] = []
  for (const element of wanted) {
    wanted.delete(element)
    const entry = waiting.get(element)
    if (!entry) continue
    const prepared = entry.prepare()
    if (prepared) void prepared.finally(() => startTransition(entry.show))
    else ready.push(entry)
    if (performance.now() > end) break
  }
  // A transition: React lets scrolling and keys through while it draws.
  startTransition(() => {
    for (const { show } of ready) show()
  })
  if (wanted.size > 0) schedule()
}

function schedule(): void {
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(pump)
}

function watch(element: Element, entry: Waiting): () => void {
  observer ??= new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) wanted.add(target)
        else wanted.delete(target)
      }
      if (wanted.size > 0) schedule()
    },
    // The second is for what scrolls inside of the page.
    { rootMargin: MARGIN, scrollMargin: MARGIN },
  )
  waiting.set(element, entry)
  observer.observe(element)
  return () => {
    waiting.delete(element)
    wanted.delete(element)
    observer?.unobserve(element)
  }
}

/** Draws everything that waits, a few at a time: somebody searches in it. */
export function drawAll(): void {
  for (const element of waiting.keys()) wanted.add(element)
  schedule()
}

/**
 * Whether an element has come near what is seen; true for good from then on.
 * @param at `once`: no waiting
 * @param prepare the work that drawing it needs, such as parsing its text; done in slices over several frames, or waited for
 */
export function useNear<E extends HTMLElement>(
  at: 'once' | 'near',
  prepare: () => Promise<unknown> | undefined,
) {
  const ref = useRef<E>(null)
  const [near, setNear] = useState(at === 'once')
  const latest = useRef(prepare)
  latest.current = prepare
  useEffect(() => {
    const element = ref.current
    if (near || !element) return
    return watch(element, { prepare: () => latest.current(), show: () => setNear(true) })
  }, [near])
  return { ref, near }
}
