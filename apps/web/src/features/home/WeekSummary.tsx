import type { Earnings } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { DayBars } from '../../ui/DayBars.tsx'
import { formatDay, formatDuration, formatMoney } from '../../ui/format.ts'
import { amountOf } from '../../ui/money.ts'

/** The last seven days: the sum, what an hour of it really paid, and the days. */
export function WeekSummary({ earnings }: { earnings: Earnings }) {
  const { t } = useTranslation('home')
  const { week } = earnings
  const [first] = week.earned
  const currency = first?.currency ?? earnings.balances[0]?.currency ?? 'USD'
  const days = week.days.map((day) => {
    const value = amountOf(day.earned, currency)
    return { date: day.date, value, text: formatMoney({ amount: String(value), currency }) }
  })
  const best = days.toSorted((one, other) => other.value - one.value)[0]
  if (!first || week.judgments === 0) return <p className="home-none muted">{t('week.none')}</p>
  return (
    <section className="week" aria-label={t('title')}>
      <div>
        <p className="sum">
          {week.earned.map(formatMoney).join(' + ')} <small>{t('week.sum', { count: week.judgments })}</small>
        </p>
        <p className="says">
          {week.trueWage.length > 0 ? (
            <>
              <b>{t('week.wage', { money: week.trueWage.map(formatMoney).join(' + ') })}</b>
              {t('week.wageRest', { time: formatDuration(week.activeMs) })}
            </>
          ) : (
            t('week.time', { time: formatDuration(week.activeMs) })
          )}
        </p>
      </div>
      {best && best.value > 0 && (
        <figure>
          <figcaption>{t('chart.best', { day: formatDay(best.date), money: best.text })}</figcaption>
          <DayBars label={t('chart.label')} days={days} />
        </figure>
      )}
    </section>
  )
}
