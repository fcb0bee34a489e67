import { useTranslation } from 'react-i18next'
import { SelectField } from '../../ui/Field.tsx'
import type { ExportDraft } from './export-draft.ts'

export function RawOptions({
  draft,
  onChange,
}: {
  draft: ExportDraft
  onChange: (change: Partial<ExportDraft>) => void
}) {
  const { t } = useTranslation('exports')
  return (
    <SelectField
      label={t('people')}
      hint={t(draft.people === 'names' ? 'namesHint' : 'pseudonymsHint')}
      value={draft.people}
      onChange={(event) => onChange({ people: event.target.value === 'names' ? 'names' : 'pseudonyms' })}
    >
      <option value="pseudonyms">{t('peopleAs.pseudonyms')}</option>
      <option value="names">{t('peopleAs.names')}</option>
    </SelectField>
  )
}
