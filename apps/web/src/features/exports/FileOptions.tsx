import type { ExportContainer, ExportPreview } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { SelectField, TextField } from '../../ui/Field.tsx'
import type { ExportDraft } from './export-draft.ts'
import { NumberField } from './NumberField.tsx'
import type { OptionsProps } from './RuleOptions.tsx'

/** What kind of file, its splits, and what stands in it besides the rows. */
export function FileOptions({
  draft,
  info,
  faults,
  onChange,
  media,
}: OptionsProps & {
  /** What becomes of the images of tasks as it is set now; null: there are none. */
  media: ExportPreview['media']
}) {
  const { t } = useTranslation('exports')
  const containers = info?.containers ?? ['jsonl']
  return (
    <>
      <div className="export-pair">
        <SelectField
          label={t('as')}
          value={draft.as}
          onChange={(event) => onChange({ as: event.target.value as ExportContainer })}
        >
          {containers.map((each) => (
            <option key={each} value={each}>
              {t(`containers.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('people')}
          hint={t(draft.people === 'names' ? 'namesHint' : 'pseudonymsHint')}
          value={draft.people}
          onChange={(event) => onChange({ people: event.target.value === 'names' ? 'names' : 'pseudonyms' })}
        >
          <option value="pseudonyms">{t('peopleAs.pseudonyms')}</option>
          <option value="names">{t('peopleAs.names')}</option>
        </SelectField>
        {media && (
          <SelectField
            label={t('media')}
            hint={t(`mediaHints.${media.as}`)}
            value={draft.media}
            onChange={(event) => onChange({ media: event.target.value as ExportDraft['media'] })}
          >
            <option value="files">{t('mediaAs.files')}</option>
            <option value="references">{t('mediaAs.references')}</option>
          </SelectField>
        )}
        <NumberField
          label={t('testShare')}
          unit="%"
          value={draft.testPercent}
          max={50}
          error={faults.has('testPercent') ? t('bad.half') : undefined}
          onChange={(testPercent) => onChange({ testPercent })}
        />
        {draft.testPercent > 0 && (
          <>
            <NumberField
              label={t('seed')}
              value={draft.seed}
              max={2_147_483_647}
              error={faults.has('seed') ? t('bad.seed') : undefined}
              onChange={(seed) => onChange({ seed })}
            />
            <SelectField
              label={t('splitBy')}
              hint={t('splitHint')}
              value={draft.splitBy}
              onChange={(event) => onChange({ splitBy: event.target.value === 'prompt' ? 'prompt' : 'task' })}
            >
              <option value="task">{t('splitByTask')}</option>
              <option value="prompt">{t('splitByPrompt')}</option>
            </SelectField>
          </>
        )}
      </div>
      {draft.format !== 'coco' && (
        <Check
          label={t('provenance')}
          hint={t('provenanceHint')}
          checked={draft.provenance}
          onChange={(provenance) => onChange({ provenance })}
        />
      )}
      {draft.format !== 'raw' && draft.format !== 'coco' && (
        <Check
          label={t('disagreement')}
          hint={t('disagreementHint')}
          checked={draft.disagreement}
          onChange={(disagreement) => onChange({ disagreement })}
        />
      )}
      <Check
        label={t('unfinished')}
        checked={draft.includeUnfinished}
        onChange={(includeUnfinished) => onChange({ includeUnfinished })}
      />
      <div className="export-pair">
        <TextField
          label={t('license')}
          optional
          placeholder="CC-BY-4.0"
          maxLength={100}
          value={draft.license}
          onChange={(event) => onChange({ license: event.target.value })}
        />
        <TextField
          label={t('aiPolicy')}
          optional
          hint={t('aiPolicyHint')}
          maxLength={2000}
          value={draft.aiPolicy}
          onChange={(event) => onChange({ aiPolicy: event.target.value })}
        />
      </div>
    </>
  )
}

function Check({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  )
}
