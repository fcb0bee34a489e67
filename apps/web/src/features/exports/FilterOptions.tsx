import { useTranslation } from '../../i18n/react.ts'
import { TextField } from '../../ui/Field.tsx'
import { NumberField } from './NumberField.tsx'
import type { OptionsProps } from './RuleOptions.tsx'

/** Which judgments and tasks count. */
export function FilterOptions({ draft, faults, onChange }: OptionsProps) {
  const { t } = useTranslation('exports')
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
    </>
  )
}
