import { useTranslation } from 'react-i18next'
import { Field, SelectField } from '../../ui/Field.tsx'
import type { ExportDraft } from './export-draft.ts'

/** What decides whether a task gives a row, and what the row carries. */
export function PreferenceOptions({
  draft,
  faults,
  onChange,
}: {
  draft: ExportDraft
  faults: Set<keyof ExportDraft>
  onChange: (change: Partial<ExportDraft>) => void
}) {
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
          label={t('minJudgments')}
          unit={t('judgments')}
          value={draft.minJudgments}
          min={1}
          max={50}
          error={faults.has('minJudgments') ? t('bad.judgments') : undefined}
          onChange={(minJudgments) => onChange({ minJudgments })}
        />
      </div>
      <SelectField
        label={t('margin')}
        hint={t(draft.margin === 'strength' ? 'marginHint' : 'noMarginHint')}
        value={draft.margin}
        onChange={(event) => onChange({ margin: event.target.value === 'strength' ? 'strength' : 'none' })}
      >
        <option value="none">{t('margins.none')}</option>
        <option value="strength">{t('margins.strength')}</option>
      </SelectField>
      {draft.margin === 'strength' && (
        <fieldset className="export-margins">
          <legend className="label">{t('marginOf')}</legend>
          {(['1', '2', '3'] as const).map((strength) => (
            <NumberField
              key={strength}
              label={t(`strengths.${strength}`)}
              value={draft.strengthMap[strength]}
              step="any"
              error={Number.isFinite(draft.strengthMap[strength]) ? undefined : t('bad.number')}
              onChange={(margin) => onChange({ strengthMap: { ...draft.strengthMap, [strength]: margin } })}
            />
          ))}
        </fieldset>
      )}
      <div className="export-pair">
        <NumberField
          label={t('testShare')}
          unit="%"
          value={draft.testPercent}
          max={50}
          error={faults.has('testPercent') ? t('bad.half') : undefined}
          onChange={(testPercent) => onChange({ testPercent })}
        />
        {draft.testPercent > 0 && (
          <NumberField
            label={t('seed')}
            value={draft.seed}
            max={2_147_483_647}
            error={faults.has('seed') ? t('bad.seed') : undefined}
            onChange={(seed) => onChange({ seed })}
          />
        )}
      </div>
      <p className="hint">{t(draft.testPercent > 0 ? 'splitHint' : 'oneSplit')}</p>
    </>
  )
}

function NumberField({
  label,
  unit,
  value,
  min = 0,
  max,
  step = 1,
  error,
  onChange,
}: {
  label: string
  unit?: string
  value: number
  min?: number
  max?: number
  step?: number | 'any'
  error?: string | undefined
  onChange: (value: number) => void
}) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <div className="input-unit">
          <input
            className="input"
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={step}
            value={Number.isNaN(value) ? '' : value}
            onChange={(event) => onChange(event.target.valueAsNumber)}
            {...control}
          />
          {unit && <span>{unit}</span>}
        </div>
      )}
    </Field>
  )
}
