import type { Form, SampleTask } from '@groundwork/contract'
import { type ComponentType, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Pending } from '../../ui/bits.tsx'
import { type Editor, EditorContext } from './editor-context.ts'
import { FormFile } from './FormFile.tsx'
import { type DraftForm, faultsOf, formOfDraft, type Place } from './form-draft.ts'
import { Inspector } from './Inspector.tsx'
import { Outline } from './Outline.tsx'
import './forms.css'

/** The workbench with a form that is not in use yet, and a task to look at it with. */
export type PreviewProps = { form: Form; sample: SampleTask['task'] | undefined }

type Pane = 'outline' | 'inspector' | 'preview'

/**
 * Builds a form by hand: its parts, the fields of the selected part, and beside them the workbench as trainers will see it.
 * @param samples tasks to show it with; the workbench makes one up when there is none
 */
export function FormEditor({
  name,
  draft,
  onChange,
  samples,
  Preview,
}: {
  /** Of the file that the form is exported as. */
  name: string
  draft: DraftForm
  onChange: (draft: DraftForm) => void
  samples: readonly SampleTask['task'][]
  Preview: ComponentType<PreviewProps>
}) {
  const { t } = useTranslation('forms')
  const [selected, select] = useState<Place | null>(
    draft.questions.length > 0 ? { list: 'questions', index: 0 } : null,
  )
  const [pane, setPane] = useState<Pane>('outline')
  const [whole, setWhole] = useState(false)
  const [said, say] = useState('')
  const past = useRef<DraftForm[]>([])
  const [undone, setUndone] = useState<DraftForm[]>([])
  const faults = useMemo(() => faultsOf(draft), [draft])
  const shown = selected?.list === 'questions' ? draft.questions[selected.index]?.id : undefined
  useEffect(() => {
    if (!shown) return
    // The workbench gives every question's place this id.
    const place = document.querySelector(`.form-editor .preview [id^="place-${CSS.escape(String(shown))}"]`)
    place?.scrollIntoView({ block: 'nearest' })
  }, [shown])
  const editor: Editor = {
    draft,
    faults,
    selected,
    select: (place) => {
      select(place)
      if (place) setPane('inspector')
    },
    change: (next, place) => {
      past.current = [...past.current.slice(-99), draft]
      setUndone([])
      onChange(next)
      if (place !== undefined) select(place)
    },
    say,
  }
  const step = (
    from: DraftForm[],
    to: (drafts: DraftForm[]) => void,
    rest: (drafts: DraftForm[]) => void,
  ) => {
    const last = from.at(-1)
    if (!last) return
    rest(from.slice(0, -1))
    to([...(from === undone ? past.current : undone), draft])
    onChange(last)
  }
  const keepPast = (drafts: DraftForm[]) => {
    past.current = drafts
  }
  return (
    <EditorContext value={editor}>
      <div className="form-tools">
        <Button
          size="s"
          disabled={past.current.length === 0}
          onClick={() => step(past.current, setUndone, keepPast)}
        >
          {t('undo')}
        </Button>
        <Button size="s" disabled={undone.length === 0} onClick={() => step(undone, keepPast, setUndone)}>
          {t('redo')}
        </Button>
        <FormFile name={name} />
        <Button size="s" className="form-whole" aria-pressed={whole} onClick={() => setWhole(!whole)}>
          {t('preview.whole')}
        </Button>
        <p className={faults.length > 0 ? 'form-state wrong' : 'form-state'} role="status">
          {faults.length > 0 ? t('faults', { count: faults.length }) : t('works')}
        </p>
      </div>
      <div className="seg form-panes" role="radiogroup" aria-label={t('panes.label')}>
        {(['outline', 'inspector', 'preview'] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="form-pane" checked={pane === each} onChange={() => setPane(each)} />
            <span>{t(`panes.${each}`)}</span>
          </label>
        ))}
      </div>
      <p className="sr" id="form-outline-keys">
        {t('outline.keys')}
      </p>
      <p className="sr" role="status">
        {said}
      </p>
      <div className={whole ? 'form-editor whole' : 'form-editor'} data-pane={pane}>
        <div className="pane outline">
          <Outline />
        </div>
        <div className="pane inspector">
          <Inspector />
        </div>
        <section className="pane preview" aria-label={t('panes.preview')}>
          <PreviewPane draft={draft} works={faults.length === 0} samples={samples} Preview={Preview} />
        </section>
      </div>
    </EditorContext>
  )
}

/** The last form that worked stays on the screen while the next is being written. */
function PreviewPane({
  draft,
  works,
  samples,
  Preview,
}: {
  draft: DraftForm
  works: boolean
  samples: readonly SampleTask['task'][]
  Preview: ComponentType<PreviewProps>
}) {
  const { t } = useTranslation('forms')
  const [at, setAt] = useState(0)
  const last = useRef<Form | null>(null)
  const deferred = useDeferredValue(works ? draft : null)
  const form = useMemo(() => (deferred ? formOfDraft(deferred) : null), [deferred])
  if (form) last.current = form
  const shown = form ?? last.current
  if (!shown) return <p className="hint form-none">{t('preview.none')}</p>
  return (
    <>
      <div className="form-preview-head">
        <span>{works ? t('preview.title') : t('preview.old')}</span>
        {samples.length > 1 && (
          <select
            className="input"
            aria-label={t('preview.task')}
            value={at}
            onChange={(event) => setAt(Number(event.target.value))}
          >
            {samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: samples do not move.
              <option key={index} value={index}>
                {sample.externalId ?? t('preview.number', { index: index + 1 })}
              </option>
            ))}
          </select>
        )}
      </div>
      <Suspense fallback={<Pending />}>
        <Preview form={shown} sample={samples[at] ?? samples[0]} />
      </Suspense>
    </>
  )
}
