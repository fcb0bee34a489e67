import { Popover as Base } from '@base-ui/react/popover'
import type { Option, Span, SpansQuestion } from '@groundwork/contract'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { isTextField } from '../../../../ui/keys/key-match.ts'
import { visible } from '../../../../ui/markdown/unseen.tsx'
import { lookOf } from '../../../../ui/marking/paint.ts'
import { pickKeys } from './pick-keys.ts'

/** What is said about a passage. */
export type Said = Pick<Span, 'category' | 'severity' | 'comment'>

/** More categories than this are searched rather than looked through. */
const MANY = 14

/**
 * What a marked passage is: category, severity, comment. Stands beside the passage; letters choose the category, digits the severity,
 * Enter marks.
 */
export function MarkPicker({
  question,
  quote,
  near,
  said,
  onSave,
  onClose,
  returnFocus,
}: {
  question: SpansQuestion
  quote: string
  /** Where the passage stands on the screen. */
  near: () => DOMRect
  /** Given when a mark is changed. */
  said?: Said | undefined
  onSave: (said: Said) => void
  onClose: () => void
  returnFocus: () => HTMLElement | null
}) {
  const { t } = useTranslation('marking')
  const name = useId()
  const popup = useRef<HTMLDivElement>(null)
  const [category, setCategory] = useState(said?.category ?? '')
  const [severity, setSeverity] = useState(said?.severity ?? '')
  const [comment, setComment] = useState(said?.comment ?? '')
  const [find, setFind] = useState('')
  const [problem, setProblem] = useState<'category' | 'severity' | 'comment' | null>(null)
  const keys = useMemo(() => pickKeys(question.categories, question.severities), [question])
  const searched = question.categories.length > MANY
  const shown = question.categories.filter((each) => holds(question.categories, each, find))
  const anchor = useMemo(() => ({ getBoundingClientRect: near }), [near])

  const save = () => {
    const missing =
      category === ''
        ? 'category'
        : question.severities.length > 0 && severity === ''
          ? 'severity'
          : question.comment === 'required' && comment.trim() === ''
            ? 'comment'
            : null
    setProblem(missing)
    if (missing) {
      popup.current?.querySelector<HTMLElement>(`[data-need="${missing}"]`)?.focus()
      return
    }
    onSave({ category, ...(severity && { severity }), ...(comment.trim() && { comment: comment.trim() }) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target } = event
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const typing = isTextField(target)
    // A digit into the empty search means the severity: no category is looked for by it.
    const severityFirst =
      target instanceof HTMLElement &&
      target.dataset.search !== undefined &&
      find === '' &&
      /\d/.test(key) &&
      keyed(keys.severities, key) !== undefined
    if (key === 'Enter' && !event.shiftKey) {
      if (target instanceof HTMLButtonElement && popup.current?.contains(target)) return
      // In the search, Enter takes what was found.
      if (target instanceof HTMLElement && target.dataset.search !== undefined && shown[0] && find !== '') {
        setCategory(shown[0].value)
        setFind('')
      } else save()
    } else if ((!typing || severityFirst) && !event.ctrlKey && !event.metaKey && key.length === 1) {
      const pressed = key.toLowerCase()
      const chosen = keyed(keys.categories, pressed)
      const grave = keyed(keys.severities, pressed)
      if (chosen !== undefined) setCategory(chosen)
      else if (grave !== undefined) setSeverity(grave)
      else return
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  // On the page: who types fast presses the first key before the picker has the focus.
  const latest = useRef(onKeyDown)
  latest.current = onKeyDown
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event)
    document.addEventListener('keydown', listen, true)
    return () => document.removeEventListener('keydown', listen, true)
  }, [])
  // Of many categories the chosen one may stand out of view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is another element.
  useEffect(() => {
    popup.current?.querySelector('input:checked')?.scrollIntoView({ block: 'nearest' })
  }, [category])
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner className="positioner" anchor={anchor} sideOffset={8} collisionPadding={8}>
          <Base.Popup
            ref={popup}
            className="popover mark-picker"
            aria-label={said ? t('picker.titleEdit') : t('picker.title')}
            initialFocus={() => popup.current?.querySelector<HTMLElement>('input:checked, input') ?? null}
            finalFocus={returnFocus}
          >
            <q className="mark-quote" dir="auto">
              {visible(quote.length > 90 ? `${quote.slice(0, 60)}…${quote.slice(-25)}` : quote)}
            </q>
            <fieldset>
              <legend>{t('picker.category')}</legend>
              {searched && (
                <input
                  className="input"
                  data-search
                  aria-label={t('picker.find')}
                  placeholder={t('picker.find')}
                  value={find}
                  onChange={(event) => setFind(event.target.value)}
                />
              )}
              <div className="options">
                {shown.map((each) => (
                  <label
                    key={each.value}
                    className={each.parent ? 'option below' : 'option'}
                    title={each.hint}
                  >
                    <input
                      type="radio"
                      name={`${name}-category`}
                      data-need="category"
                      aria-label={each.label}
                      checked={category === each.value}
                      onChange={() => setCategory(each.value)}
                    />
                    <span className="what">{each.label}</span>
                    {keys.categories.has(each.value) && (
                      <kbd>{keys.categories.get(each.value)?.toUpperCase()}</kbd>
                    )}
                  </label>
                ))}
                {shown.length === 0 && <p className="hint">{t('picker.noneFound')}</p>}
              </div>
            </fieldset>
            {question.severities.length > 0 && (
              <fieldset>
                <legend>{t('picker.severity')}</legend>
                <div className="options severities">
                  {question.severities.map((each, index) => (
                    <label key={each.value} className="option" title={each.hint}>
                      <input
                        type="radio"
                        name={`${name}-severity`}
                        data-need="severity"
                        aria-label={each.label}
                        checked={severity === each.value}
                        onChange={() => setSeverity(each.value)}
                      />
                      <span className="what">
                        <Look look={lookOf(index, question.severities.length)} /> {each.label}
                      </span>
                      {keys.severities.has(each.value) && <kbd>{keys.severities.get(each.value)}</kbd>}
                    </label>
                  ))}
                </div>
              </fieldset>
            )}
            {question.comment !== 'none' && (
              <label className="mark-comment">
                {t(question.comment === 'required' ? 'picker.commentRequired' : 'picker.comment')}
                <textarea
                  rows={2}
                  dir="auto"
                  data-need="comment"
                  maxLength={5_000}
                  value={comment}
                  onChange={(event) => setComment(event.target.value)}
                />
              </label>
            )}
            <div className="mark-acts">
              <p className="error small" role="alert">
                {problem && t(`picker.missing.${problem}`)}
              </p>
              <Button size="s" look="quiet" onClick={onClose}>
                {t('picker.cancel')}
              </Button>
              <Button size="s" look="primary" onClick={save}>
                {t(said ? 'picker.saveEdit' : 'picker.save')} <kbd>⏎</kbd>
              </Button>
            </div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** The line that marks of this look have in the text. */
export const Look = ({ look }: { look: number }) => (
  <span className="mark-look" data-look={look} aria-hidden="true">
    mm
  </span>
)

const keyed = (keys: Map<string, string>, pressed: string) =>
  [...keys].find(([, key]) => key === pressed)?.[0]

/** Whether a category or one of its ancestors has the text in its name. */
function holds(all: readonly Option[], option: Option, text: string): boolean {
  for (let each: Option | undefined = option, depth = 0; each && depth < 10; depth++) {
    if (each.label.toLowerCase().includes(text.trim().toLowerCase())) return true
    const { parent }: Option = each
    each = all.find((other) => other.value === parent)
  }
  return false
}
