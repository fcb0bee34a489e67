import type { Audience } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { formatNumber } from '../../../ui/format.ts'
import { countryName } from '../../../ui/places.ts'
import { audienceMatchQuery } from '../queries.ts'

const COUNTRIES = 6

/** How many trainers the rules reach, and where they live. */
export function AudienceMatch({ audience }: { audience: Audience }) {
  const { t } = useTranslation('projects')
  const { data, error } = useQuery(audienceMatchQuery(audience))
  if (error) return <p className="form-error">{errorText(error)}</p>
  if (!data) return <p className="audience-match faint">{t('audience.counting')}</p>
  const places = data.countries
    .toSorted((one, other) => other.trainers - one.trainers)
    .slice(0, COUNTRIES)
    .map((each) => `${countryName(each.country)}\u00a0${formatNumber(each.trainers)}`)
  return (
    <p className="audience-match num" role="status">
      <span className={data.matching === 0 ? 'strong caution' : 'strong'}>
        {t('audience.matching', { count: data.matching, number: formatNumber(data.matching) })}
      </span>{' '}
      {t('audience.of', { count: data.trainers, number: formatNumber(data.trainers) })}
      {places.length > 0 && ` ${t('audience.live', { places: places.join(', ') })}`}
      {data.matching === 0 && ` ${t('audience.nobody')}`}
    </p>
  )
}
