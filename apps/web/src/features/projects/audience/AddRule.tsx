import {
  type Audience,
  type ExpertiseDomain,
  type ExpertiseLevel,
  expertiseDomain,
  expertiseLevel,
  type LanguageLevel,
  languageLevel,
} from '@groundwork/contract'
import { Plus } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { allCountries, allLanguages } from '../../../ui/places.ts'
import { withRule } from './audience-rules.ts'

type Kind = 'expertise' | 'language' | 'country'
const kinds: Kind[] = ['expertise', 'language', 'country']

/** One line: what the rule is about, of which level, add. */
export function AddRule({ value, onChange }: { value: Audience; onChange: (value: Audience) => void }) {
  const { t } = useTranslation(['projects', 'common'])
  const [kind, setKind] = useState<Kind>('expertise')
  const [domain, setDomain] = useState<ExpertiseDomain>('general')
  const [level, setLevel] = useState<ExpertiseLevel>('skilled_writer')
  const [language, setLanguage] = useState('en')
  const [spoken, setSpoken] = useState<LanguageLevel>('C1')
  const [country, setCountry] = useState('')
  const languages = useMemo(allLanguages, [])
  const countries = useMemo(allCountries, [])
  const add = () => {
    if (kind === 'expertise') {
      onChange(withRule(value, 'expertise', { domain, level }, (rule) => rule.domain === domain))
    } else if (kind === 'language') {
      const rule = { code: language, level: spoken }
      onChange(withRule(value, 'languages', rule, (each) => each.code === language))
    } else if (country) {
      onChange(withRule(value, 'countries', country, (code) => code === country))
    }
  }
  return (
    <div className="add-rule">
      <Select label={t('audience.kind')} value={kind} onChange={setKind} values={kinds}>
        {(each) => t(`audience.kinds.${each}`)}
      </Select>
      {kind === 'expertise' && (
        <>
          <Select
            label={t('audience.domain')}
            value={domain}
            onChange={setDomain}
            values={expertiseDomain.options}
          >
            {(each) => t(`common:expertise.domains.${each}`)}
          </Select>
          <Select
            label={t('audience.level')}
            value={level}
            onChange={setLevel}
            values={expertiseLevel.options}
          >
            {(each) => t('audience.orUp', { level: t(`common:expertise.levels.${each}`) })}
          </Select>
        </>
      )}
      {kind === 'language' && (
        <>
          <Select
            label={t('audience.kinds.language')}
            value={language}
            onChange={setLanguage}
            values={languages.map((each) => each.code)}
          >
            {(code) => languages.find((each) => each.code === code)?.name ?? code}
          </Select>
          <Select
            label={t('audience.level')}
            value={spoken}
            onChange={setSpoken}
            values={languageLevel.options}
          >
            {(each) => t('audience.orUp', { level: t(`audience.languageLevels.${each}`) })}
          </Select>
        </>
      )}
      {kind === 'country' && (
        <Select
          label={t('audience.kinds.country')}
          value={country}
          onChange={setCountry}
          values={['', ...countries.map((each) => each.code)]}
        >
          {(code) => countries.find((each) => each.code === code)?.name ?? t('audience.chooseCountry')}
        </Select>
      )}
      <Button onClick={add} disabled={kind === 'country' && !country}>
        <Plus className="icon" />
        {t('audience.add')}
      </Button>
    </div>
  )
}

function Select<T extends string>({
  label,
  value,
  onChange,
  values,
  children,
}: {
  label: string
  value: T
  onChange: (value: T) => void
  values: readonly T[]
  children: (value: T) => ReactNode
}) {
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={(event) => {
        const next = values.find((each) => each === event.target.value)
        if (next !== undefined) onChange(next)
      }}
    >
      {values.map((each) => (
        <option key={each} value={each}>
          {children(each)}
        </option>
      ))}
    </select>
  )
}
