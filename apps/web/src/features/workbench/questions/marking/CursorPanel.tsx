import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { paint } from '../../../../ui/marking/paint.ts'
import type { DrawnPart } from '../../../../ui/marking/part-dom.ts'
import type { Parts, PartText } from '../../../../ui/marking/parts.ts'
import {
  cursorFrom,
  moved,
  type ReadingCursor,
  type Step,
  selectedOf,
  toEdge,
} from '../../../../ui/marking/reading-cursor.ts'
import type { Extent } from '../../../../ui/marking/text-map.ts'
import { reveal } from '../../../../ui/task/find.ts'

/**
 * The reading cursor: it has the keyboard, goes over the texts of the task by word, character and sentence, and says what it reads. Its
 * place is painted in the text.
 * @param onChoose Enter was pressed on a selection; `box` is where it stands on the screen
 */
export function CursorPanel({
  parts,
  texts,
  nameOf,
  onShow,
  onChoose,
  onLeave,
}: {
  parts: Parts
  texts: readonly PartText[]
  nameOf: (target: string) => string
  /** Brings a text onto the screen when another one is shown in its place. */
  onShow: (target: string) => void
  onChoose: (drawn: DrawnPart, extent: Extent, box: DOMRect) => void
  onLeave: () => void
}) {
  const { t } = useTranslation('marking')
  const box = useRef<HTMLDivElement>(null)
  const [index, setIndex] = useState(() => firstSeen(parts, texts))
  const [cursor, setCursor] = useState<ReadingCursor | null>(null)
  const [said, say] = useState('')
  const text = texts[index]
  const drawn = text ? parts.read(text.target, text.part) : null
  const here = useMemo(() => (drawn ? (cursor ?? cursorFrom(drawn.map, 0)) : null), [drawn, cursor])
  const name = text ? nameOf(text.target) : ''

  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts that are drawn anew have other ranges.
  useEffect(() => {
    if (!drawn || !here) return
    paint('mark-pending', drawn.rangesOf(selectedOf(here)))
    const ranges = drawn.rangesOf(here.at)
    paint('mark-cursor', ranges)
    if (ranges[0]) reveal(ranges[0])
    return () => {
      paint('mark-pending', [])
      paint('mark-cursor', [])
    }
  }, [drawn, here, parts.version])

  const go = (by: 1 | -1) => {
    const next = texts[index + by]
    if (!next) return
    onShow(next.target)
    setIndex(index + by)
    setCursor(null)
    const other = parts.read(next.target, next.part)
    const start = other && cursorFrom(other.map, 0)
    say(`${nameOf(next.target)}: ${start && other ? other.map.text.slice(start.at.from, start.at.to) : ''}`)
  }
  const step = (next: ReadingCursor, extend: boolean) => {
    if (!drawn || !here) return
    const { from, to } = extend ? selectedOf(next) : next.at
    const words = drawn.map.text.slice(from, to)
    const stays = next.at === here.at
    say(stays ? t('cursor.end', { text: words }) : extend ? t('cursor.selected', { text: words }) : words)
    setCursor(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey } = event
    const single = event.ctrlKey || event.metaKey
    if (altKey) return
    const rtl = drawn !== null && getComputedStyle(drawn.element).direction === 'rtl'
    const by = key === (rtl ? 'ArrowLeft' : 'ArrowRight') || key === 'ArrowDown' || key === 'End' ? 1 : -1
    const how: Step = single ? 'character' : 'word'
    if (key === 'Escape' || key.toLowerCase() === 'm') onLeave()
    else if (key === '[' || key === ']') go(key === ']' ? 1 : -1)
    else if (!drawn || !here) return
    else if (key === 'ArrowLeft' || key === 'ArrowRight')
      step(moved(drawn.map, here, by, how, shiftKey), shiftKey)
    else if (key === 'ArrowUp' || key === 'ArrowDown')
      step(moved(drawn.map, here, by, 'sentence', shiftKey), shiftKey)
    else if (key === 'Home' || key === 'End') step(toEdge(drawn.map, here, by, shiftKey), shiftKey)
    else if (key === 'Enter') {
      const extent = selectedOf(here)
      onChoose(drawn, extent, drawn.rangesOf(extent)[0]?.getBoundingClientRect() ?? new DOMRect())
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const selected = here && selectedOf(here)
  return (
    <div className="cursor-panel">
      <div
        ref={box}
        role="application"
        aria-roledescription={t('cursor.roleDescription')}
        aria-label={t('cursor.label', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the keyboard while it reads.
        tabIndex={0}
        data-field
        onKeyDown={onKeyDown}
      >
        <p className="faint small">{t('cursor.at', { name })}</p>
        <p className="reads" dir="auto">
          {drawn && selected
            ? shortened(drawn.map.text.slice(selected.from, selected.to))
            : t('cursor.empty')}
        </p>
        <p className="cursor-keys small faint" aria-hidden="true">
          <span>
            <kbd>←</kbd> <kbd>→</kbd> {t('cursor.word')}
          </span>
          <span>
            <kbd>Ctrl</kbd> <kbd>→</kbd> {t('cursor.character')}
          </span>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {t('cursor.sentence')}
          </span>
          <span>
            <kbd>⇧</kbd> {t('cursor.extend')}
          </span>
          <span>
            <kbd>⏎</kbd> {t('cursor.open')}
          </span>
          {texts.length > 1 && (
            <span>
              <kbd>[</kbd> <kbd>]</kbd> {t('cursor.switch')}
            </span>
          )}
        </p>
      </div>
      <Button look="quiet" size="s" onClick={onLeave}>
        {t('cursor.leave')} <kbd>Esc</kbd>
      </Button>
      <p className="sr" role="status" aria-live="assertive">
        {said}
      </p>
    </div>
  )
}

/** The first text that is on the screen now, or the first of all. */
function firstSeen(parts: Parts, texts: readonly PartText[]): number {
  const at = texts.findIndex(({ target, part }) => parts.read(target, part)?.element.checkVisibility())
  return Math.max(0, at)
}

const shortened = (text: string) => {
  const points = Array.from(text)
  return points.length > 160 ? `${points.slice(0, 70).join('')} … ${points.slice(-70).join('')}` : text
}
