import { useCallback, useEffect, useRef, useState } from 'react'
import { type DrawnPart, partSelector, readPart } from './part-dom.ts'

export type PartText = { target: string; part: number; text: string }

export type Parts = {
  /** A text as it is drawn now; null while it is not on the page. */
  read: (target: string, part: number) => DrawnPart | null
  /** The text that an element of the page belongs to. */
  at: (node: Node | null) => DrawnPart | null
  /** Changes when texts have been drawn anew: colours have come, a turn was opened. */
  version: number
}

/** Texts of a task on the page; each is read when it is first needed, and again after it was drawn anew. */
export function useParts(texts: readonly PartText[]): Parts {
  const cache = useRef(new Map<string, { element: Element; drawn: DrawnPart | null }>())
  const [version, setVersion] = useState(0)
  const latest = useRef(texts)
  latest.current = texts

  useEffect(() => {
    let frame = 0
    const observer = new MutationObserver((changes) => {
      const drawn = changes.some(
        ({ target }) => target instanceof Element && target.closest('.responses, .context') !== null,
      )
      if (!drawn || frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        cache.current.clear()
        setVersion((before) => before + 1)
      })
    })
    observer.observe(document.getElementById('main') ?? document.body, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])

  const read = useCallback((target: string, part: number) => {
    const key = `${target} ${part}`
    const kept = cache.current.get(key)
    if (kept?.element.isConnected) return kept.drawn
    const text = latest.current.find((each) => each.target === target && each.part === part)
    const element = text && document.querySelector(partSelector(target, part))
    if (!text || !element) return null
    const drawn = readPart(target, part, text.text)
    cache.current.set(key, { element, drawn })
    return drawn
  }, [])
  const at = useCallback(
    (node: Node | null) => {
      const element = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>(
        '[data-target]',
      )
      return element ? read(element.dataset.target ?? '', Number(element.dataset.part)) : null
    },
    [read],
  )
  return { read, at, version }
}
