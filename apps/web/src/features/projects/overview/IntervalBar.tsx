import { useTranslation } from '../../../i18n/react.ts'
import { formatPercent } from '../../../ui/format.ts'

/** A share with its interval on a line from `from` to 1. */
export function IntervalBar({
  value,
  from,
}: {
  value: { share: number; low: number; high: number }
  from: number
}) {
  const { t } = useTranslation('projects')
  const x = (share: number) => 4 + (136 * Math.max(0, share - from)) / (1 - from)
  const label = t('people.interval', {
    share: formatPercent(value.share),
    low: formatPercent(value.low),
    high: formatPercent(value.high),
  })
  return (
    <svg className="rel" viewBox="0 0 144 16" role="img" aria-label={label}>
      <title>{label}</title>
      <path className="base" d="M2 8h140" />
      <path className="ci" d={`M${x(value.low)} 8H${x(value.high)}`} />
      <circle className="pt" cx={x(value.share)} cy="8" r="3.5" />
    </svg>
  )
}
