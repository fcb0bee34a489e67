import { useTranslation } from '../../i18n/react.ts'
import { SelectField, TextField } from '../../ui/Field.tsx'
import { domains, type ExportDraft, levels } from './export-draft.ts'
import { NumberField } from './NumberField.tsx'
import type { OptionsProps } from './RuleOptions.tsx'

/** Which judgments and tasks count. */
export function FilterOptions({ draft, faults, onChange }: OptionsProps) {
  const { t } = useTranslation('exports')
  const { t: named } = useTranslation()
  return (
    <>
      <div className="export-pair">
        <NumberField
          label={t('minConfidence')}
          unit="%"
          value={draft.minConfidence}
          max={100}
          error={faults.has('minConfidence') ? t('bad.percent') : undefined}
          onChange={(minConfidence) => onChange({ minConfidence })}
        />
        <NumberField
          label={t('minAgreement')}
          unit="%"
          value={draft.minAgreement}
          max={100}
          error={faults.has('minAgreement') ? t('bad.percent') : undefined}
          onChange={(minAgreement) => onChange({ minAgreement })}
        />
        <NumberField
          label={t('minJudgments')}
          unit={t('judgments')}
          value={draft.minJudgments}
          min={1}
          max={50}
          error={faults.has('minJudgments') ? t('bad.judgments') : undefined}
          onChange={(minJudgments) => onChange({ minJudgments })}
        />
        <NumberField
          label={t('guidelineVersion')}
          value={draft.guidelineVersion ?? Number.NaN}
          min={1}
          max={10_000}
          hint={t('anyVersion')}
          onChange={(version) => onChange({ guidelineVersion: Number.isInteger(version) ? version : null })}
        />
        <SelectField
          label={t('expertiseIn')}
          value={draft.domain}
          onChange={({ target }) => onChange({ domain: target.value as ExportDraft['domain'] })}
        >
          <option value="">{t('anyExpertise')}</option>
          {domains.map((each) => (
            <option key={each} value={each}>
              {named(`expertise.domains.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('expertiseLevel')}
          value={draft.level}
          onChange={({ target }) => onChange({ level: target.value as ExportDraft['level'] })}
        >
          <option value="">{t('anyExpertise')}</option>
          {levels.map((each) => (
            <option key={each} value={each}>
              {named(`expertise.levels.${each}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('from')}
          type="date"
          optional
          value={draft.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
        <TextField
          label={t('until')}
          type="date"
          optional
          value={draft.until}
          error={faults.has('until') ? t('bad.until') : undefined}
          onChange={(event) => onChange({ until: event.target.value })}
        />
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.acceptedOnly}
          onChange={(event) => onChange({ acceptedOnly: event.target.checked })}
        />
        <span>{t('acceptedOnly')}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.includeFlagged}
          onChange={(event) => onChange({ includeFlagged: event.target.checked })}
        />
        <span>{t('includeFlagged')}</span>
      </label>
    </>
  )
}
