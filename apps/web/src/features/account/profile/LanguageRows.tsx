import { languageLevel } from '@groundwork/contract'
import { Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { allLanguages, languageName } from '../../../ui/places.ts'
import { type DraftLanguage, emptyLanguage } from './profile-draft.ts'
import { useRows } from './use-rows.ts'

export function LanguageRows({
  rows,
  onChange,
  errors,
}: {
  rows: DraftLanguage[]
  onChange: (rows: DraftLanguage[]) => void
  errors: Record<string, string>
}) {
  const { t } = useTranslation('account')
  const { list, addButton, change, add, remove } = useRows({ rows, onChange, empty: emptyLanguage })
  const offered = useMemo(allLanguages, [])
  return (
    <>
      <ul className="profile-rows" ref={list}>
        {rows.map((row, index) => (
          <li key={row.key} className="profile-row">
            <SelectField
              label={t('profile.language')}
              name={`languages.${index}.code`}
              required
              value={row.code}
              onChange={(event) => change(row.key, { code: event.target.value })}
              error={errors[`languages.${index}.code`]}
            >
              <option value="" disabled>
                {t('profile.choose')}
              </option>
              {!offered.some(({ code }) => code === row.code) && row.code && (
                <option value={row.code}>{languageName(row.code)}</option>
              )}
              {offered.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t('profile.level')}
              name={`languages.${index}.level`}
              required
              value={row.level}
              onChange={(event) => {
                const level = languageLevel.options.find((each) => each === event.target.value)
                if (level) change(row.key, { level })
              }}
              error={errors[`languages.${index}.level`]}
            >
              <option value="" disabled>
                {t('profile.choose')}
              </option>
              {languageLevel.options.map((level) => (
                <option key={level} value={level}>
                  {t(`profile.languageLevels.${level}`)}
                </option>
              ))}
            </SelectField>
            <Button
              look="quiet"
              iconOnly
              className="profile-remove"
              aria-label={t('profile.remove', {
                name: row.code ? languageName(row.code) : t('profile.language'),
              })}
              onClick={() => remove(row.key)}
            >
              <X className="icon" />
            </Button>
          </li>
        ))}
      </ul>
      {errors.languages && (
        <p className="form-error" role="alert">
          {errors.languages}
        </p>
      )}
      <div>
        <Button ref={addButton} onClick={add} disabled={rows.length >= 30}>
          <Plus className="icon" />
          {t('profile.addLanguage')}
        </Button>
      </div>
    </>
  )
}
