import type { ExportTarget } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { SelectField, TextField } from '../../ui/Field.tsx'
import type { ExportDraft } from './export-draft.ts'
import { NumberField } from './NumberField.tsx'

export type OptionsProps = {
  draft: ExportDraft
  /** What is known about the chosen format. */
  info: ExportTarget | undefined
  faults: Set<keyof ExportDraft>
  onChange: (change: Partial<ExportDraft>) => void
}

/** How judgments become rows. */
export function RuleOptions({ draft, info, faults, onChange }: OptionsProps) {
  const { t } = useTranslation('exports')
  const questions = info?.questions ?? []
  const asks = (type: string) => questions.some((each) => each.type === type)
  const pairs = (info?.needs.includes('ranking') ?? false) || draft.format === 'helpsteer3'
  return (
    <>
      <SelectField
        label={t('rule')}
        hint={t(`ruleHints.${draft.rule}`)}
        value={draft.rule}
        onChange={(event) => onChange({ rule: event.target.value as ExportDraft['rule'] })}
      >
        {(['consensus', 'every_judgment', 'unanimous'] as const).map((rule) => (
          <option key={rule} value={rule}>
            {t(`rules.${rule}`)}
          </option>
        ))}
      </SelectField>
      {questions.length > 1 && (
        <SelectField
          label={t('question')}
          hint={t('questionHint')}
          value={draft.question}
          onChange={(event) => onChange({ question: event.target.value })}
        >
          <option value="">{t('firstQuestion')}</option>
          {questions.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      {pairs && asks('preference') && (
        <SelectField
          label={t('ties')}
          value={draft.ties}
          onChange={(event) => onChange({ ties: event.target.value as ExportDraft['ties'] })}
        >
          <option value="drop">{t('tiesAs.drop')}</option>
          <option value="both_ways">{t('tiesAs.both_ways')}</option>
        </SelectField>
      )}
      {asks('ranking') && (
        <SelectField
          label={t('rankingPairs')}
          value={draft.rankingPairs}
          onChange={(event) => onChange({ rankingPairs: event.target.value as ExportDraft['rankingPairs'] })}
        >
          {(['all', 'adjacent', 'best_worst'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`pairs.${each}`)}
            </option>
          ))}
        </SelectField>
      )}
      {draft.format === 'trl-preference' && <Margin draft={draft} faults={faults} onChange={onChange} />}
      {draft.format === 'trl-unpaired' && (
        <>
          {asks('scale') && (
            <NumberField
              label={t('goodFrom')}
              hint={t('goodFromHint')}
              value={draft.goodFrom}
              min={-1_000}
              max={1_000}
              step="any"
              onChange={(goodFrom) => onChange({ goodFrom })}
            />
          )}
          {asks('choice') && (
            <TextField
              label={t('goodOptions')}
              hint={t('goodOptionsHint')}
              value={draft.goodOptions}
              onChange={(event) => onChange({ goodOptions: event.target.value })}
            />
          )}
          {asks('preference') && (
            <label className="check">
              <input
                type="checkbox"
                checked={draft.unpair}
                onChange={(event) => onChange({ unpair: event.target.checked })}
              />
              <span>
                {t('unpair')}
                <span className="hint">{t('unpairHint')}</span>
              </span>
            </label>
          )}
        </>
      )}
    </>
  )
}

function Margin({ draft, onChange }: Omit<OptionsProps, 'info'>) {
  const { t } = useTranslation('exports')
  return (
    <>
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
    </>
  )
}
