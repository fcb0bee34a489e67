import { useTranslation } from '../../../i18n/react.ts'
import { SelectField, TextareaField, TextField } from '../../../ui/Field.tsx'
import { faultAt, useEditor } from '../editor-context.ts'
import type { Fields } from '../form-draft.ts'
import type { FieldSpec } from '../question-fields.ts'
import { NumberField } from './NumberField.tsx'
import { RowsField } from './RowsField.tsx'
import { SetField } from './SetField.tsx'

/** One field of a question or a block. `path` is where it stands in the form, `type` whose field it is. */
export function EditField({
  spec,
  type,
  path,
  fields,
  onChange,
}: {
  spec: FieldSpec
  type: string
  path: string
  fields: Fields
  onChange: (value: unknown) => void
}) {
  const { t } = useTranslation('forms')
  const { faults } = useEditor()
  const value = fields[spec.name]
  const error = faultAt(faults, path)
  const label = t(`fields.${type}.${spec.name}` as 'fields.any.name', {
    defaultValue: t(`fields.any.${spec.name}` as 'fields.any.name'),
  })
  switch (spec.kind) {
    case 'number':
      return (
        <NumberField
          label={label}
          value={value}
          optional={spec.optional ?? false}
          error={error}
          onChange={onChange}
        />
      )
    case 'boolean':
      return (
        <label className="check">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>{label}</span>
        </label>
      )
    case 'choice':
      return (
        <SelectField
          label={label}
          error={error}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        >
          {spec.optional && <option value="">{t(`without.${spec.name}` as 'without.each')}</option>}
          {spec.values.map((each) => (
            <option key={each} value={each}>
              {t(`values.${spec.name}.${each}` as 'values.each.candidate')}
            </option>
          ))}
        </SelectField>
      )
    case 'set':
      return (
        <SetField
          label={label}
          error={error}
          values={spec.values.map((each) => ({
            value: each,
            label: t(`values.${spec.name}.${each}` as 'values.each.candidate'),
          }))}
          chosen={value}
          onChange={onChange}
        />
      )
    case 'verdicts':
      return (
        <SetField
          label={label}
          error={error}
          values={verdictsOf(fields)}
          chosen={value}
          onChange={onChange}
        />
      )
    case 'title':
      return (
        <TextField
          label={label}
          optional
          error={error}
          maxLength={120}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        />
      )
    case 'markdown':
      return (
        <TextareaField
          label={label}
          error={error}
          rows={6}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'rows':
      return <RowsField spec={spec} label={label} path={path} value={value} onChange={onChange} />
  }
}

function verdictsOf(fields: Fields): { value: string; label: string }[] {
  const verdicts = Array.isArray(fields.verdicts) ? fields.verdicts : []
  return verdicts.map((each: Fields) => ({
    value: String(each.value),
    label: String(each.label || each.value),
  }))
}
