import { Check } from 'lucide-react'
import { type RefObject, useId, useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { createPersonalValue } from '../../../ui/personal.ts'
import { useStore } from '../../../ui/store.ts'
import { noteWanted } from './panel.ts'

/** As much as the server keeps of one setting, with room for what JSON adds. */
const LONGEST = 30_000

/** A pad for the trainer alone, one per project; kept with every key. */
export function NotesPad({
  projectId,
  field,
}: {
  projectId: string
  field: RefObject<HTMLTextAreaElement | null>
}) {
  const { t } = useTranslation('desk')
  const store = useMemo(() => createPersonalValue<string>(`notes:${projectId}`, ''), [projectId])
  const kept = useStore(store)
  const [text, setText] = useState(kept)
  const id = useId()
  // What was written in another tab or on another device; before the paint, so that it never takes the place of what is typed after it.
  const [seen, setSeen] = useState(kept)
  if (seen !== kept) {
    setSeen(kept)
    setText(kept)
  }
  const wanted = useStore(noteWanted)
  // Before the paint: whoever sees it may write at once.
  useLayoutEffect(() => {
    if (!wanted) return
    noteWanted.set(false)
    const pad = field.current
    pad?.setSelectionRange(pad.value.length, pad.value.length)
    pad?.focus()
  }, [wanted, field])
  return (
    <div className="notes">
      <label htmlFor={id} className="sr">
        {t('notes.title')}
      </label>
      <textarea
        id={id}
        ref={field}
        dir="auto"
        aria-describedby={`${id}-about`}
        maxLength={LONGEST}
        placeholder={t('notes.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          store.set(event.target.value)
        }}
      />
      <p className="small faint" id={`${id}-about`}>
        {t('notes.private')}
        {text !== '' && (
          <>
            {' '}
            <span className="nowrap">
              <Check className="icon" /> {t('notes.saved')}
            </span>
          </>
        )}
      </p>
    </div>
  )
}
