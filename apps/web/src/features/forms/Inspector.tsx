import type { Block, QuestionType } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { TextareaField, TextField } from '../../ui/Field.tsx'
import { faultAt, useEditor } from './editor-context.ts'
import { ConditionField } from './fields/ConditionField.tsx'
import { EditField } from './fields/EditField.tsx'
import { type Fields, type Place, withField, withId } from './form-draft.ts'
import { blockFields, type FieldSpec, questionFields } from './question-fields.ts'

/** Everything that can be set of what is selected. */
export function Inspector() {
  const { t } = useTranslation('forms')
  const { draft, selected } = useEditor()
  const fields = selected && draft[selected.list][selected.index]
  if (!selected || !fields) return <p className="hint form-none">{t('inspector.none')}</p>
  return selected.list === 'blocks' ? (
    <BlockInspector key={`block ${selected.index}`} place={selected} fields={fields} />
  ) : (
    <QuestionInspector key={`question ${selected.index}`} place={selected} fields={fields} />
  )
}

/** What is selected, and what is wrong with it as a whole. */
function Head({
  kind,
  path,
}: {
  kind: `blocks.${Block['type']}` | `questions.${QuestionType}`
  path: string
}) {
  const { t } = useTranslation('forms')
  const { faults } = useEditor()
  const own = faultAt(faults, `${path}.type`)
  return (
    <>
      <h2>{t(`${kind}.name`)}</h2>
      <p className="hint">{t(`${kind}.about`)}</p>
      {own && (
        <p className="form-error" role="alert">
          {own}
        </p>
      )}
    </>
  )
}

/** The fields that only this type of block or question has. */
function EditFields({
  specs,
  type,
  path,
  place,
  fields,
}: {
  specs: readonly FieldSpec[]
  type: string
  path: string
  place: Place
  fields: Fields
}) {
  const { draft, change } = useEditor()
  return specs.map((spec) => (
    <EditField
      key={spec.name}
      spec={spec}
      type={type}
      path={`${path}.${spec.name}`}
      fields={fields}
      onChange={(value) => change(withField(draft, place, spec.name, value))}
    />
  ))
}

function BlockInspector({ place, fields }: { place: Place; fields: Fields }) {
  const type = fields.type as Block['type']
  const path = `blocks.${place.index}`
  return (
    <div className="form-fields">
      <Head kind={`blocks.${type}`} path={path} />
      <EditFields specs={blockFields[type]} type={type} path={path} place={place} fields={fields} />
    </div>
  )
}

function QuestionInspector({ place, fields }: { place: Place; fields: Fields }) {
  const { t } = useTranslation('forms')
  const { draft, change, faults } = useEditor()
  const type = fields.type as QuestionType
  const path = `questions.${place.index}`
  const set = (name: string, value: unknown) => change(withField(draft, place, name, value))
  const text = (name: string) => String(fields[name] ?? '')
  return (
    <div className="form-fields">
      <Head kind={`questions.${type}`} path={path} />
      <TextareaField
        label={t('fields.any.label')}
        rows={2}
        maxLength={300}
        error={faultAt(faults, `${path}.label`)}
        value={text('label')}
        onChange={(event) => set('label', event.target.value)}
      />
      <TextField
        label={t('fields.any.hint')}
        optional
        maxLength={2000}
        error={faultAt(faults, `${path}.hint`)}
        value={text('hint')}
        onChange={(event) => set('hint', event.target.value || undefined)}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={fields.required !== false}
          onChange={(event) => set('required', event.target.checked)}
        />
        <span>{t('fields.any.required')}</span>
      </label>
      <EditFields specs={questionFields[type]} type={type} path={path} place={place} fields={fields} />
      <ConditionField index={place.index} value={fields.showIf} onChange={(value) => set('showIf', value)} />
      <details className="form-more" open={faultAt(faults, `${path}.id`) !== undefined}>
        <summary>{t('inspector.more')}</summary>
        <TextareaField
          label={t('fields.any.help')}
          hint={t('inspector.helpHint')}
          optional
          rows={4}
          error={faultAt(faults, `${path}.help`)}
          value={text('help')}
          onChange={(event) => set('help', event.target.value || undefined)}
        />
        <TextField
          label={t('fields.any.id')}
          hint={t('inspector.idHint')}
          error={faultAt(faults, `${path}.id`)}
          autoComplete="off"
          maxLength={60}
          value={text('id')}
          onChange={(event) => change(withId(draft, place.index, event.target.value))}
        />
      </details>
    </div>
  )
}
