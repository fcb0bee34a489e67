import { expertiseDomain, expertiseLevel } from '@groundwork/contract'
import { Plus, X } from 'lucide-react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { SelectField, TextareaField } from '../../../ui/Field.tsx'
import { type DraftExpertise, emptyExpertise } from './profile-draft.ts'
import { useRows } from './use-rows.ts'

export function ExpertiseRows({
  rows,
  onChange,
  errors,
}: {
  rows: DraftExpertise[]
  onChange: (rows: DraftExpertise[]) => void
  errors: Record<string, string>
}) {
  const { t } = useTranslation(['account', 'common'])
  const { list, addButton, change, add, remove } = useRows({ rows, onChange, empty: emptyExpertise })
  return (
    <>
      <ul className="profile-rows" ref={list}>
        {rows.map((row, index) => (
          <li key={row.key} className="profile-row">
            <SelectField
              label={t('profile.domain')}
              name={`expertise.${index}.domain`}
              value={row.domain}
              onChange={(event) => {
                const domain = expertiseDomain.options.find((each) => each === event.target.value)
                change(row.key, { domain: domain ?? '' })
              }}
              error={errors[`expertise.${index}.domain`]}
            >
              <option value="">{t('profile.choose')}</option>
              {expertiseDomain.options.map((domain) => (
                <option key={domain} value={domain}>
                  {t(`common:expertise.domains.${domain}`)}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t('profile.level')}
              name={`expertise.${index}.level`}
              required={row.domain !== ''}
              value={row.level}
              onChange={(event) => {
                const level = expertiseLevel.options.find((each) => each === event.target.value)
                change(row.key, { level: level ?? '' })
              }}
              error={errors[`expertise.${index}.level`]}
            >
              <option value="">{t('profile.choose')}</option>
              {expertiseLevel.options.map((level) => (
                <option key={level} value={level}>
                  {t(`profile.levels.${level}`)}
                </option>
              ))}
            </SelectField>
            <Button
              look="quiet"
              iconOnly
              className="profile-remove"
              aria-label={t('profile.remove', {
                name: row.domain ? t(`common:expertise.domains.${row.domain}`) : t('profile.domain'),
              })}
              onClick={() => remove(row.key)}
            >
              <X className="icon" />
            </Button>
            <TextareaField
              label={t('profile.evidence')}
              hint={t('profile.evidenceHint')}
              name={`expertise.${index}.evidence`}
              optional
              rows={2}
              maxLength={1000}
              value={row.evidence}
              onChange={(event) => change(row.key, { evidence: event.target.value })}
              error={errors[`expertise.${index}.evidence`]}
              className="profile-evidence"
            />
          </li>
        ))}
      </ul>
      <div>
        <Button ref={addButton} onClick={add} disabled={rows.length >= 20}>
          <Plus className="icon" />
          {t('profile.addExpertise')}
        </Button>
      </div>
    </>
  )
}
