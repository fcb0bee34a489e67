import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { useShortcuts } from '../../keys/shortcuts.ts'
import { type LineNote, lineMarker, passageAt } from '../../marking/passage.ts'
import { toUnits } from '../../marking/text-map.ts'
import { useStore } from '../../store.ts'
import type { SourceLine } from './code-text.ts'

/** Lines that are selected, by the places where they begin. `head` is the one with the cursor. */
type Selection = { anchor: number; head: number }

export type Lines = {
  /** Whether lines can be commented on. */
  marks: boolean
  /** What a line's row carries, besides what it is. */
  rowOf: (line: SourceLine) => {
    'data-row': string
    'data-line-cursor': true | undefined
    'data-selected': true | undefined
    'data-look': number | undefined
    tabIndex: number | undefined
  }
  /** What is said about lines that end with this one. */
  notesAt: (line: SourceLine) => readonly LineNote[]
  /** Whether something is said about a line. */
  isMarked: (line: SourceLine) => boolean
  onKeyDown: (event: KeyboardEvent) => void
  onPointerDown: (event: PointerEvent) => void
  /** For screen readers. */
  said: string
}

/** The line cursor of a text and the comments on its lines. Rows are found by their place in the source, in the order of the page. */
export function useLines({
  root,
  text,
  target,
  part,
}: {
  root: RefObject<HTMLElement | null>
  text: string
  target: string
  part: number
}): Lines {
  const { t } = useTranslation('marking')
  const marker = useStore(lineMarker)
  const marks = marker?.accepts(target) ?? false
  const [selection, setSelection] = useState<Selection | null>(null)
  const [said, say] = useState('')
  const latest = useRef(selection)
  latest.current = selection
  const notes = useMemo(
    () =>
      (marker?.notes ?? [])
        .filter(({ passage }) => passage.target === target && passage.part === part)
        .map((note) => {
          const from = toUnits(text, note.passage.start)
          return { note, from, to: from + note.passage.quote.length }
        }),
    [marker, target, part, text],
  )

  const rows = () => [...(root.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const placeOf = (row: Element) =>
    ((row as HTMLElement).dataset.row ?? '').split(' ').map(Number) as [number, number]
  const select = (row: HTMLElement, extend: boolean) => {
    const [from] = placeOf(row)
    const next = { anchor: extend ? (latest.current?.anchor ?? from) : from, head: from }
    latest.current = next
    setSelection(next)
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const current = (): HTMLElement | undefined => {
    const all = rows()
    const { activeElement } = document
    return (
      all.find((row) => row.contains(activeElement)) ??
      all.find((row) => placeOf(row)[0] === latest.current?.head)
    )
  }
  const move = (by: 1 | -1, extend: boolean) => {
    const all = rows()
    const at = current()
    const row = at ? all[all.indexOf(at) + by] : all[0]
    if (row) select(row, extend)
  }
  const comment = () => {
    const row = current() ?? rows()[0]
    if (!row || !marker || !marks) return
    const chosen = latest.current ?? { anchor: placeOf(row)[0], head: placeOf(row)[0] }
    const places = rows()
      .map(placeOf)
      .filter(([from]) => from === chosen.anchor || from === chosen.head)
    let from = Math.min(...places.map(([start]) => start))
    let to = Math.max(...places.map(([, end]) => end))
    // A passage has some text: an empty line has only its end, or that of the line before.
    if (from === to) {
      const end = /^(\r\n|\n|\r)/.exec(text.slice(to))?.[0].length ?? 0
      if (end > 0) to += end
      else from = Math.max(0, from - 1)
    }
    if (from < to) marker.mark(passageAt({ target, part }, text, { from, to }), row)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const inRow = event.target instanceof HTMLElement && event.target.dataset.row !== undefined
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (!inRow) return
    if (key === 'j' || key === 'ArrowDown') move(1, event.shiftKey)
    else if (key === 'k' || key === 'ArrowUp') move(-1, event.shiftKey)
    else if ((key === 'c' || key === 'Enter') && marks) comment()
    else if (key === 'Home' || key === 'End') {
      const row = rows().at(key === 'Home' ? 0 : -1)
      if (row) select(row, event.shiftKey)
    } else if (key === 'Escape') {
      setSelection(null)
      root.current?.closest<HTMLElement>('.resp-body')?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onPointerDown = (event: PointerEvent) => {
    const number = event.target instanceof Element ? event.target.closest('.cr-num') : null
    const row = number && rowAround(number)
    if (!row || !marks || event.button !== 0) return
    event.preventDefault()
    select(row, event.shiftKey)
    const over = (move: globalThis.PointerEvent) => {
      const under = rowAround(document.elementFromPoint(move.clientX, move.clientY))
      if (under && root.current?.contains(under)) select(under, true)
    }
    const up = () => {
      document.removeEventListener('pointermove', over)
      document.removeEventListener('pointercancel', cancel)
      comment()
    }
    const cancel = () => {
      document.removeEventListener('pointermove', over)
      document.removeEventListener('pointerup', up)
    }
    document.addEventListener('pointermove', over)
    document.addEventListener('pointerup', up, { once: true })
    document.addEventListener('pointercancel', cancel, { once: true })
  }

  // From anywhere on the page the keys go to the text that has the focus in it or around it, else to the first one.
  const isMine = () => {
    const { activeElement } = document
    const all = [...document.querySelectorAll<HTMLElement>('.code-review')].filter((each) =>
      each.checkVisibility(),
    )
    const around = (element: HTMLElement) =>
      element.contains(activeElement) ||
      (activeElement?.matches('.resp-body') === true && activeElement.contains(element))
    return (all.find(around) ?? all[0]) === root.current
  }
  // Those of the workbench with the same keys are registered on the first draw; these go before them.
  const [drawn, setDrawn] = useState(false)
  useEffect(() => setDrawn(true), [])
  const go = (run: () => void) => () => (isMine() ? run() : false)
  useShortcuts(
    drawn && marks
      ? [
          { keys: 'j', label: t('code.keys.down'), group: 'answers', run: go(() => move(1, false)) },
          { keys: 'k', label: t('code.keys.up'), group: 'answers', run: go(() => move(-1, false)) },
          { keys: 'c', label: t('code.keys.comment'), group: 'answers', run: go(comment) },
        ]
      : [],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once a change of the selection.
  useEffect(() => {
    if (selection && selection.anchor !== selection.head) {
      const [low, high] = [selection.anchor, selection.head].sort((a, b) => a - b)
      const count = new Set(
        rows()
          .map((row) => placeOf(row)[0])
          .filter((from) => from >= (low ?? 0) && from <= (high ?? 0)),
      ).size
      say(t('code.lines', { count }))
    } else say('')
  }, [selection])

  const [low, high] = selection
    ? [Math.min(selection.anchor, selection.head), Math.max(selection.anchor, selection.head)]
    : [-1, -1]
  // The row that Tab comes to before any was selected.
  const [first, setFirst] = useState<number | null>(null)
  useEffect(() => {
    const row = root.current?.querySelector<HTMLElement>('[data-row]')
    setFirst(row ? Number((row.dataset.row ?? '').split(' ')[0]) : null)
  })
  const covering = ({ from, to }: SourceLine) =>
    notes.findLast((each) => each.to > from && each.from < Math.max(to, from + 1))
  return {
    marks,
    rowOf: (line) => {
      const isCursor = selection ? selection.head === line.from : first === line.from
      return {
        'data-row': `${line.from} ${line.to}`,
        'data-line-cursor': marks && isCursor ? true : undefined,
        'data-selected': line.from >= low && line.from <= high ? true : undefined,
        'data-look': covering(line)?.note.look,
        tabIndex: marks ? (isCursor ? 0 : -1) : undefined,
      }
    },
    notesAt: ({ from, to }) => notes.flatMap((each) => (endsIn(each.to, from, to, text) ? each.note : [])),
    isMarked: (line) => covering(line) !== undefined,
    onKeyDown,
    onPointerDown,
    said,
  }
}

/** Whether a passage that ends here ends in this line or in the end of this line. */
function endsIn(end: number, from: number, to: number, text: string): boolean {
  const past = to + (/^(\r\n|\n|\r)/.exec(text.slice(to, to + 2))?.[0].length ?? 0)
  return end > from && end <= Math.max(past, to)
}

/** The row of a line number or a text. Side by side, a number stands before the cell of its line. */
function rowAround(element: Element | null): HTMLElement | null {
  const row = element?.closest<HTMLElement>('[data-row]')
  const next = element?.closest('.cr-num')?.nextElementSibling
  return row ?? (next instanceof HTMLElement && next.dataset.row !== undefined ? next : null)
}
