import type { Earnings } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { DayBars } from '../../ui/DayBars.tsx'
import { formatClock, formatDay, formatMoney, formatNumber } from '../../ui/format.ts'
import { amountOf } from '../../ui/money.ts'

/** The last seven days as bars, and the same as a table. */
export function Days({ earnings: { week, balances } }: { earnings: Earnings }) {
  const { t } = useTranslation('earnings')
  const currency = week.earned[0]?.currency ?? balances[0]?.currency ?? 'USD'
  const days = week.days.map((day) => {
    const value = amountOf(day.earned, currency)
    return { ...day, value, text: formatMoney({ amount: String(value), currency }) }
  })
  const best = days.toSorted((one, other) => other.value - one.value)[0]
  return (
    <section className="section earn-days" aria-labelledby="days">
      <figure>
        <h2 id="days">
          {best && best.value > 0
            ? t('days.title', { day: formatDay(best.date), money: best.text })
            : t('days.none')}
        </h2>
        <p>{t('days.sub')}</p>
        <DayBars label={t('days.sub')} days={days} />
      </figure>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('days.day')}</th>
            <th scope="col" className="num">
              {t('days.judgments')}
            </th>
            <th scope="col" className="num">
              {t('days.active')}
            </th>
            <th scope="col" className="num">
              {t('days.earned')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <td>{formatDay(day.date)}</td>
              <td className="num">{formatNumber(day.judgments)}</td>
              <td className="num">{formatClock(day.activeMs)}</td>
              <td className="num">{day.earned.map(formatMoney).join(' + ') || day.text}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('days.all')}</td>
            <td className="num">{formatNumber(week.judgments)}</td>
            <td className="num">{formatClock(week.activeMs)}</td>
            <td className="num">{week.earned.map(formatMoney).join(' + ')}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
