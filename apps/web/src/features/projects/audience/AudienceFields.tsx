import type { Audience } from '@groundwork/contract'
import { X } from 'lucide-react'
import { useTranslation } from '../../../i18n/react.ts'
import { countryName, languageName } from '../../../ui/places.ts'
import { AddRule } from './AddRule.tsx'
import { withoutRule } from './audience-rules.ts'
import './audience.css'

/** The rules of an audience as chips, and a line to add one. */
export function AudienceFields({
  value,
  onChange,
  readOnly,
}: {
  value: Audience
  onChange: (value: Audience) => void
  readOnly?: boolean
}) {
  const { t } = useTranslation(['projects', 'common'])
  const { expertise = [], languages = [], countries = [] } = value
  const chips = [
    ...expertise.map((rule) => ({
      key: `expertise ${rule.domain}`,
      text: t('audience.skill', {
        domain: t(`common:expertise.domains.${rule.domain}`),
        level: t(`common:expertise.levels.${rule.level}`),
      }),
      remove: () => onChange(withoutRule(value, 'expertise', (each) => each.domain === rule.domain)),
    })),
    ...languages.map((rule) => ({
      key: `language ${rule.code}`,
      text: t('audience.language', {
        language: languageName(rule.code),
        level: t(`audience.languageLevels.${rule.level}`),
      }),
      remove: () => onChange(withoutRule(value, 'languages', (each) => each.code === rule.code)),
    })),
    ...countries.map((code) => ({
      key: `country ${code}`,
      text: countryName(code),
      remove: () => onChange(withoutRule(value, 'countries', (each) => each === code)),
    })),
  ]
  return (
    <div className="audience">
      {chips.length === 0 ? (
        <p>{t(readOnly ? 'audience.open' : 'audience.everyone')}</p>
      ) : (
        <ul className={readOnly ? 'chips read-only' : 'chips'} aria-label={t('audience.rules')}>
          {chips.map((chip) => (
            <li key={chip.key}>
              {chip.text}
              {!readOnly && (
                <button
                  type="button"
                  aria-label={t('audience.remove', { rule: chip.text })}
                  onClick={chip.remove}
                >
                  <X className="icon" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <>
          <AddRule value={value} onChange={onChange} />
          <p className="hint">{t('audience.hint')}</p>
        </>
      )}
    </div>
  )
}
