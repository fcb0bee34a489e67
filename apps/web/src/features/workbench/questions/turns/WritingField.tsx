import { countWords } from '@groundwork/contract/checks'
import { type ReactNode, useDeferredValue, useId, useMemo } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Markdown } from '../../../../ui/markdown/Markdown.tsx'
import { createPersonalValue } from '../../../../ui/personal.ts'
import { useStore } from '../../../../ui/store.ts'
import { useTouch } from '../../../../ui/touch.ts'

/** Whether the person writes with the preview beside the text. */
const previewing = createPersonalValue<boolean>('turnsPreview', false)

/**
 * Where a message is written, with its preview and its count of words. `onDone` is what Ctrl+Enter does while there is something in the
 * field: the message is finished before the task is. In an empty field Ctrl+Enter is the workbench's own, and submits.
 */
export function WritingField({
  label,
  text,
  minWords,
  field,
  composer,
  editing,
  large,
  act,
  note,
  aside,
  onText,
  onDone,
}: {
  label: string
  text: string
  minWords: number
  /** Where the focus goes when one comes to the question. */
  field?: boolean
  composer?: boolean
  editing?: boolean
  large?: boolean
  /** Name of the button that finishes the message. */
  act?: string
  note?: string
  aside?: ReactNode
  onText: (text: string) => void
  onDone?: () => void
}) {
  const touch = useTouch()
  const { t } = useTranslation('turns')
  const id = useId()
  const preview = useStore(previewing)
  const shown = useDeferredValue(text)
  const words = useMemo(() => countWords(shown), [shown])
  const blank = text.trim() === ''
  return (
    <div className={large ? 'writing large' : 'writing'}>
      <div className="turn-head">
        <label htmlFor={id}>{label}</label>
        <Button look="quiet" size="s" aria-pressed={preview} onClick={() => previewing.set(!preview)}>
          {t('preview')}
        </Button>
      </div>
      <div className={preview ? 'writing-panes both' : 'writing-panes'}>
        <textarea
          id={id}
          dir="auto"
          data-field={field || undefined}
          data-composer={composer || undefined}
          data-editing={editing || undefined}
          maxLength={100_000}
          aria-describedby={`${id}-state`}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || !onDone) return
            const finishes = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !blank
            if (finishes || (editing && event.key === 'Escape')) {
              event.preventDefault()
              onDone()
            }
          }}
        />
        {preview && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          <section className="writing-preview" aria-label={t('previewOf', { label })} tabIndex={0}>
            {blank ? <p className="hint">{t('nothing')}</p> : <Markdown text={shown} />}
          </section>
        )}
      </div>
      <div className="under" id={`${id}-state`}>
        <span className="num">
          {t('words', { count: words })} {words < minWords && t('ofWords', { count: minWords })}
        </span>
        {note && !touch && <span>{note}</span>}
        {aside}
        {act && (
          <Button size="s" disabled={blank && composer === true} onClick={onDone}>
            {act}
          </Button>
        )}
      </div>
    </div>
  )
}
