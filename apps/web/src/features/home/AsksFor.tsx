import type { WorkProject } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { formatCountry, formatLanguage } from '../../ui/format.ts'

/** Whom a project asks for, in words: "Programming, STEM professional or up · English, B2 or up". */
export function AsksFor({ audience }: { audience: WorkProject['asksFor'] }) {
  const { t } = useTranslation(['home', 'common'])
  const expertise = (audience.expertise ?? []).map(({ domain, level }) =>
    t('asks.orUp', {
      what: t(`common:expertise.domains.${domain}`),
      level: t(`common:expertise.levels.${level}`),
    }),
  )
  const languages = (audience.languages ?? []).map(({ code, level }) =>
    t('asks.orUp', { what: formatLanguage(code), level: level === 'native' ? t('asks.native') : level }),
  )
  const countries = (audience.countries ?? []).map(formatCountry)
  const rules = [expertise, languages, countries].filter((each) => each.length > 0)
  if (rules.length === 0) return <span className="muted">{t('asks.everybody')}</span>
  return rules.map((each) => (
    <span key={each.join()} className="rule-line">
      {each.join(t('asks.or'))}
    </span>
  ))
}
