import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { createPersonalValue } from '../personal.ts'
import { useStore } from '../store.ts'
import { fittingLayout, type Layout } from './layout.ts'

/** What the person wants; `form`: as the project says. */
export const chosenLayout = createPersonalValue<Layout | 'form'>('layout', 'form')

/**
 * The layout of the responses in an element, by what the person or else the form wants and by the room that there is. Give the
 * reference to the element that holds them.
 */
export function useLayout(
  ofForm: Layout,
  responses: number,
): { layout: Layout; ref: RefObject<HTMLDivElement | null> } {
  const ref = useRef<HTMLDivElement>(null)
  const chosen = useStore(chosenLayout)
  const wanted = chosen === 'form' ? ofForm : chosen
  const [width, setWidth] = useState(() => window.innerWidth)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { layout: fittingLayout(wanted, responses, width), ref }
}
