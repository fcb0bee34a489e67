import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { type Found, findInTexts, reveal } from './find.ts'
import { setMarks } from './marks.ts'
import { letter } from './message-text.ts'
import { drawAll } from './near.ts'
import type { FindScope, ResponsesView } from './use-responses.ts'

/** Search again this long after the texts have changed, in ms: long conversations are drawn piece by piece. */
const SETTLE_MS = 120

/**
 * Search in everything that the task shows, or in one part of it; says how often each part has it. Enter goes on, Shift+Enter back,
 * Escape closes.
 */
export function FindBar({ view }: { view: ResponsesView }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState('')
  const [{ found, counts }, setResult] = useState<ReturnType<typeof findInTexts>>(nothing)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const scope = view.finding ?? 'all'
  const { texts, setExpanded, show } = view
  const parts = texts()
  const name = (position: number | null) =>
    position === null ? t('task.findContext') : t('task.response', { name: letter(position) })

  useEffect(() => {
    input.current?.focus()
    input.current?.select()
    if (scope === 'all' || scope === 'context') setExpanded(true)
  }, [scope, setExpanded])

  useEffect(() => {
    const search = () =>
      setResult(
        findInTexts(
          texts().filter(({ position }) => inScope(position, scope)),
          wanted,
        ),
      )
    search()
    setAt(0)
    if (wanted.trim() === '') return
    drawAll()
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(search, SETTLE_MS)
    })
    for (const { element } of texts()) observer.observe(element, { childList: true, subtree: true })
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [texts, wanted, scope])

  const current: Found | undefined = found[Math.min(at, found.length - 1)]
  useEffect(() => {
    setMarks(
      'find-match',
      found.map(({ range }) => range),
    )
    return () => setMarks('find-match', [])
  }, [found])
  useEffect(() => {
    setMarks('find-current', current ? [current.range] : [])
    if (!current) return
    if (current.position !== null) show(current.position)
    // After the paint: where one response is shown at a time, this one has only now become visible.
    const frame = requestAnimationFrame(() => reveal(current.range))
    return () => {
      cancelAnimationFrame(frame)
      setMarks('find-current', [])
    }
  }, [current, show])

  const step = (by: number) => setAt(found.length === 0 ? 0 : (at + by + found.length) % found.length)
  return (
    <search className="find-bar">
      <input
        ref={input}
        className="input"
        aria-label={t('task.findLabel')}
        placeholder={t('task.findLabel')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') view.find(null)
          else return
          event.preventDefault()
        }}
      />
      {parts.length > 1 && (
        <select
          className="input"
          aria-label={t('task.findScope')}
          value={String(scope)}
          onChange={(event) => view.find(scopeOf(event.target.value))}
        >
          <option value="all">{t('task.findAll')}</option>
          {parts.map(({ position }) => (
            <option key={String(position)} value={position === null ? 'context' : position}>
              {name(position)}
            </option>
          ))}
        </select>
      )}
      <span className="faint small num nowrap" role="status">
        {wanted.trim() !== '' &&
          (found.length > 0
            ? t('task.findCount', { index: Math.min(at, found.length - 1) + 1, count: found.length })
            : t('task.findNone'))}
      </span>
      {found.length > 0 && counts.size > 1 && (
        <ul className="find-counts small num">
          {[...counts].map(([position, count]) => (
            <li key={String(position)} className={count === 0 ? 'faint' : undefined}>
              {name(position)} {count}
            </li>
          ))}
        </ul>
      )}
      <span className="end">
        <Button look="quiet" iconOnly aria-label={t('task.findPrevious')} onClick={() => step(-1)}>
          <ChevronUp className="icon" />
        </Button>
        <Button look="quiet" iconOnly aria-label={t('task.findNext')} onClick={() => step(1)}>
          <ChevronDown className="icon" />
        </Button>
        <Button look="quiet" iconOnly aria-label={t('actions.close')} onClick={() => view.find(null)}>
          <X className="icon" />
        </Button>
      </span>
    </search>
  )
}

const nothing = { found: [], counts: new Map<number | null, number>() }

const inScope = (position: number | null, scope: FindScope) =>
  scope === 'all' || (scope === 'context' ? position === null : position === scope)

const scopeOf = (value: string): FindScope =>
  value === 'all' || value === 'context' ? value : Number.parseInt(value, 10)
