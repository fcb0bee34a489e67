import type { Option } from '@groundwork/contract'
import { Check, ChevronDown, ChevronRight, Search, X } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { bestRow, rowsOf, shownRows } from './option-tree.ts'
import './option-tree.css'

/** So many options of a hierarchy are shown unfolded at first. */
const UNFOLDED = 40

/**
 * Many options, flat or in a hierarchy, with a search: the field keeps the focus, arrows move through the options, Enter chooses. What is
 * chosen stands above as chips.
 */
export default function OptionTree({
  label,
  options,
  chosen,
  many = false,
  full = false,
  onToggle,
}: {
  /** Names the field. */
  label: string
  options: readonly Option[]
  /** Values of the options chosen. */
  chosen: readonly string[]
  /** Whether several may be chosen. */
  many?: boolean
  /** As many are chosen as may be. */
  full?: boolean
  onToggle: (value: string) => void
}) {
  const { t } = useTranslation('questions')
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(options), [options])
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const [folded, setFolded] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        rows.length > UNFOLDED ? rows.filter((row) => row.hasChildren).map((row) => row.option.value) : [],
      ),
  )
  const shown = shownRows(rows, query, folded)
  const active = shown[Math.min(at, shown.length - 1)]

  const go = (to: number) => {
    const next = Math.min(Math.max(to, 0), shown.length - 1)
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const setFold = (value: string, away: boolean) => {
    const next = new Set(folded)
    if (away) next.add(value)
    else next.delete(value)
    setFolded(next)
  }
  const toggle = (value: string) => {
    if (full && !chosen.includes(value)) return
    onToggle(value)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const { key } = event
    const empty = query === ''
    if (key === 'ArrowDown') go(at + 1)
    else if (key === 'ArrowUp') go(at - 1)
    else if (key === 'Enter' && active) toggle(active.option.value)
    else if (key === 'ArrowRight' && empty && active?.hasChildren) setFold(active.option.value, false)
    else if (key === 'ArrowLeft' && empty && active) {
      const parent = active.above.at(-1)
      if (active.hasChildren && !folded.has(active.option.value)) setFold(active.option.value, true)
      else if (parent !== undefined) go(shown.findIndex(({ option }) => option.value === parent))
    } else if (key === 'Backspace' && empty && chosen.length > 0) onToggle(chosen.at(-1) ?? '')
    else if (key === 'Escape' && !empty) setQuery('')
    else return
    event.preventDefault()
  }
  const picked = chosen.flatMap((value) => rows.find(({ option }) => option.value === value) ?? [])
  return (
    <div className="option-tree">
      {picked.length > 0 && (
        <ul className="chips" aria-label={t('tree.chosen')}>
          {picked.map(({ option, path }) => (
            <li key={option.value} className="chip">
              <span title={path.join(' › ')}>{option.label}</span>
              <button
                type="button"
                aria-label={t('tree.remove', { label: option.label })}
                onClick={() => onToggle(option.value)}
              >
                <X className="icon" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="tree-search">
        <Search className="icon faint" />
        <input
          className="input"
          role="combobox"
          aria-label={t('tree.search', { label })}
          aria-expanded="true"
          aria-haspopup="tree"
          aria-controls={`${id}-tree`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.option.value}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('tree.placeholder', { count: options.length })}
          data-field
          value={query}
          onChange={(event) => {
            const next = event.target.value
            setQuery(next)
            setAt(bestRow(shownRows(rows, next, folded), next))
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        className="tree"
        role="tree"
        id={`${id}-tree`}
        ref={list}
        aria-label={label}
        aria-multiselectable={many}
      >
        {shown.map((row, index) => {
          const { option, level, hasChildren } = row
          const isChosen = chosen.includes(option.value)
          const open = query !== '' || !folded.has(option.value)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and all keys.
            <div
              key={option.value}
              role="treeitem"
              id={`${id}-${option.value}`}
              aria-level={level + 1}
              aria-selected={isChosen}
              aria-expanded={hasChildren ? open : undefined}
              aria-disabled={(full && !isChosen) || undefined}
              tabIndex={-1}
              className={row === active ? 'tree-row at' : 'tree-row'}
              style={{ paddingInlineStart: `${0.25 + level * 1.125}rem` }}
              onClick={() => {
                setAt(index)
                toggle(option.value)
              }}
            >
              <span
                className="fold"
                aria-hidden="true"
                onClick={(event) => {
                  if (!hasChildren || query !== '') return
                  event.stopPropagation()
                  setFold(option.value, open)
                }}
              >
                {hasChildren && (open ? <ChevronDown className="icon" /> : <ChevronRight className="icon" />)}
              </span>
              <span className="what">
                {option.label}
                {option.hint && <small className="faint">{option.hint}</small>}
              </span>
              {isChosen && <Check className="icon" />}
            </div>
          )
        })}
        {shown.length === 0 && <p className="faint small">{t('tree.none')}</p>}
      </div>
      <p className="sr" role="status">
        {query !== '' && t('tree.found', { count: shown.length })}
      </p>
    </div>
  )
}
