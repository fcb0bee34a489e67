import type { RewriteQuestion } from '@groundwork/contract'
import { Redo2, RotateCcw, Undo2 } from 'lucide-react'
import { type ReactNode, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { focusDrawn } from '../../../../ui/focus.ts'
import { Markdown } from '../../../../ui/markdown/Markdown.tsx'
import { createPersonalValue } from '../../../../ui/personal.ts'
import { useStore } from '../../../../ui/store.ts'
import { useUndo } from '../history.ts'
import { DiffPane } from './DiffPane.tsx'
import { asShown, usualLineEnd, withShown } from './line-ends.ts'
import { type Change, withoutChange } from './text-diff.ts'
import { useDiff } from './use-diff.ts'

type View = 'edit' | 'diff' | 'preview'
/** What stands beside the text; where there is room for one of them only, what is shown. */
const chosenView = createPersonalValue<View>('rewriteView', 'edit')

/** Narrowest width, in CSS pixels, at which the text and its diff stand side by side. */
const SIDE_BY_SIDE = 720

/**
 * The text of one response, to be changed, with its diff or preview.
 *
 * The field is a plain `textarea`, not CodeMirror: this is prose, written for an hour at a time, and the field brings spelling, dictation,
 * IME, right-to-left lines, phones and screen readers as people know them, for no bytes. A text of 100 kB is no burden to it; what is
 * slow, the comparison, runs in a worker. What a textarea does not do is put right here: it turns every line end into `\n`, so the
 * stored text is kept apart from the shown one (`withShown`), and its own undo knows nothing of "restore" and "start over", so that
 * one history serves typing and acts alike.
 */
export function RewriteEditor({
  question,
  name,
  original,
  text,
  answered,
  aside,
  onText,
}: {
  question: RewriteQuestion
  /** Letter of the response; null when there is only one. */
  name: string | null
  original: string
  text: string
  answered: boolean
  aside?: ReactNode
  onText: (text: string) => void
}) {
  const { t } = useTranslation('rewrite')
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const { ref, wide } = useRoom()
  const view = useStore(chosenView)
  const shown = asShown(text)
  const start = asShown(original)
  const diff = useDiff(start, shown)
  const current = diff?.text === shown && diff.original === start
  const history = useUndo(text, onText)
  const beside = view === 'preview' ? 'preview' : 'diff'
  const preview = useDeferredValue(text)

  const put = (next: string, tag?: string) =>
    history.change(
      (before) => (next === start ? original : withShown(before, next, usualLineEnd(original))),
      tag,
    )
  const step = (act: () => string | undefined) => {
    const before = shown
    const after = act()
    if (after !== undefined) placeCaret(field.current, before, asShown(after))
  }
  const latestStep = useRef(step)
  latestStep.current = step
  const latestHistory = useRef(history)
  latestHistory.current = history
  useEffect(() => {
    // The menu and the gestures of the system undo as well, not only the keys.
    const onInput = (event: InputEvent) => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      event.preventDefault()
      latestStep.current(() =>
        event.inputType === 'historyUndo' ? latestHistory.current.undo() : latestHistory.current.redo(),
      )
    }
    const element = field.current
    element?.addEventListener('beforeinput', onInput)
    return () => element?.removeEventListener('beforeinput', onInput)
  }, [])

  const edit = (change: Change) => {
    if (!wide) chosenView.set('edit')
    focusDrawn(() => {
      // A field scrolls to its selection when it gets the focus.
      field.current?.setSelectionRange(change.at, change.at + change.added.length)
      field.current?.focus()
    })
  }
  const over = text.length - question.maxCharacters
  const label = name === null ? t('field') : t('fieldOf', { name })
  const showsText = wide || view === 'edit'
  const showsDiff = wide ? beside === 'diff' : view === 'diff'
  return (
    <div className={wide ? 'rw-editor wide' : 'rw-editor'} ref={ref}>
      <div className="rw-head">
        <div className="seg" role="radiogroup" aria-label={t('view.label')}>
          {(wide ? (['diff', 'preview'] as const) : (['edit', 'diff', 'preview'] as const)).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={`${id}-view`}
                checked={(wide ? beside : view) === each}
                onChange={() => chosenView.set(each)}
              />
              <span>{t(`view.${each}`)}</span>
            </label>
          ))}
        </div>
        <div className="end">
          <Button
            look="quiet"
            iconOnly
            aria-label={t('undo')}
            disabled={!history.canUndo}
            onClick={() => step(history.undo)}
          >
            <Undo2 className="icon" />
          </Button>
          <Button
            look="quiet"
            iconOnly
            aria-label={t('redo')}
            disabled={!history.canRedo}
            onClick={() => step(history.redo)}
          >
            <Redo2 className="icon" />
          </Button>
          <Button look="quiet" size="s" disabled={text === original} onClick={() => put(start)}>
            <RotateCcw className="icon" />
            {t('reset')}
          </Button>
          {question.allowUnchanged && (
            <Button
              look="quiet"
              size="s"
              aria-pressed={answered && text === original}
              onClick={() => onText(original)}
            >
              {t('unchanged')}
            </Button>
          )}
        </div>
      </div>
      <div className="rw-panes">
        <div className="rw-pane" hidden={!showsText}>
          <label className="sr" htmlFor={id}>
            {label}
          </label>
          <textarea
            id={id}
            data-field
            ref={field}
            dir="auto"
            value={shown}
            aria-describedby={`${id}-state`}
            aria-invalid={over > 0 || undefined}
            onChange={(event) => put(event.target.value, 'typing')}
            onKeyDown={(event) => {
              if (event.altKey || !(event.ctrlKey || event.metaKey)) return
              const key = event.key.toLowerCase()
              if (key !== 'z' && key !== 'y') return
              event.preventDefault()
              step(key === 'y' || event.shiftKey ? history.redo : history.undo)
            }}
          />
        </div>
        <div className="rw-pane" hidden={!showsDiff}>
          <DiffPane
            diff={diff}
            current={current}
            onRestore={(change) => put(withoutChange(shown, change))}
            onEdit={edit}
          />
        </div>
        {(wide ? beside : view) === 'preview' && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          <section className="rw-pane rw-preview" aria-label={t('view.preview')} tabIndex={0}>
            <Markdown text={preview} />
          </section>
        )}
      </div>
      <div className="under" id={`${id}-state`}>
        <span className="num">
          {diff && (
            <>
              {t('words', { count: diff.words })}
              <ins>{t('added', { count: diff.added })}</ins>
              <del>{t('removed', { count: diff.removed })}</del>
              {question.minWords > diff.words && t('minWords', { count: question.minWords })}
            </>
          )}
          {over > 0 && <span className="danger">{t('over', { count: over })}</span>}
        </span>
        {aside}
      </div>
    </div>
  )
}

/** Puts the caret behind what has just changed. */
function placeCaret(field: HTMLTextAreaElement | null, before: string, after: string): void {
  let same = 0
  while (same < before.length && same < after.length && before.at(-1 - same) === after.at(-1 - same)) same++
  const at = after.length - same
  focusDrawn(() => {
    if (field === document.activeElement) field?.setSelectionRange(at, at)
  })
}

function useRoom() {
  const ref = useRef<HTMLDivElement>(null)
  const [wide, setWide] = useState(() => window.innerWidth > 1_100)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setWide(element.clientWidth >= SIDE_BY_SIDE))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, wide }
}
