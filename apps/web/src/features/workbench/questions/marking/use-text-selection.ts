import { useCallback, useEffect, useRef, useState } from 'react'
import type { DrawnPart } from '../../../../ui/marking/part-dom.ts'
import type { Parts, PartText } from '../../../../ui/marking/parts.ts'
import type { Extent } from '../../../../ui/marking/text-map.ts'

/** What is selected of a text of the task. */
export type Selected = { drawn: DrawnPart; extent: Extent; box: DOMRect }

/** A finger lets go and takes hold of the handles again; a selection that rests this long, in ms, is meant. */
const RESTS_MS = 350

/** What is selected on the page now, in the first of these texts that it touches; null when it is nothing of them. */
export function selectedNow(parts: Parts, texts: readonly PartText[]): Selected | null {
  const selection = document.getSelection()
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  for (const { target, part } of texts) {
    const drawn = parts.read(target, part)
    if (!drawn || !range.intersectsNode(drawn.element)) continue
    const extent = drawn.extentOf(range)
    if (extent && drawn.map.snap(extent)) return { drawn, extent, box: range.getBoundingClientRect() }
  }
  return null
}

/**
 * Follows what a person selects: `onSelect` is called when the mouse or the pen has selected something. A selection by finger is only
 * offered (`offered`), as the person may still move its ends.
 * @param onPress called for a press that selects nothing, with where it was
 */
export function useTextSelection({
  parts,
  texts,
  listens,
  onSelect,
  onPress,
}: {
  parts: Parts
  texts: readonly PartText[]
  listens: boolean
  onSelect: (selected: Selected) => void
  onPress?: (x: number, y: number) => void
}): { offered: boolean; take: () => void } {
  const [offered, setOffered] = useState(false)
  const latest = useRef({ parts, texts, onSelect, onPress })
  latest.current = { parts, texts, onSelect, onPress }

  useEffect(() => {
    if (!listens) return
    let byTouch = false
    let timer = 0
    const down = (event: PointerEvent) => {
      byTouch = event.pointerType === 'touch'
    }
    const up = (event: PointerEvent) => {
      const within = event.target instanceof Element && event.target.closest('[data-target]') !== null
      // After the browser has settled what is selected.
      timer = window.setTimeout(() => {
        const { parts, texts, onSelect, onPress } = latest.current
        const selected = selectedNow(parts, texts)
        if (selected && !byTouch && isFromText(event)) onSelect(selected)
        else if (!selected && within) onPress?.(event.clientX, event.clientY)
      })
    }
    const changed = () => {
      if (!byTouch) return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => {
        setOffered(selectedNow(latest.current.parts, latest.current.texts) !== null)
      }, RESTS_MS)
    }
    document.addEventListener('pointerdown', down, true)
    document.addEventListener('pointerup', up)
    document.addEventListener('selectionchange', changed)
    return () => {
      window.clearTimeout(timer)
      document.removeEventListener('pointerdown', down, true)
      document.removeEventListener('pointerup', up)
      document.removeEventListener('selectionchange', changed)
    }
  }, [listens])

  const take = useCallback(() => {
    const { parts, texts, onSelect } = latest.current
    const selected = selectedNow(parts, texts)
    setOffered(false)
    if (selected) onSelect(selected)
  }, [])
  return { offered, take }
}

/** A press on a button does not select, whatever is selected from before. */
const isFromText = (event: PointerEvent) =>
  event.target instanceof Element &&
  event.target.closest('button, input, textarea, select, .popover, .rail') === null
