import type { Audience } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../../../i18n/react.ts'
import { formatDuration, formatMoney, formatNumber } from '../../../ui/format.ts'
import type { Price } from '../pricing.ts'
import { audienceMatchQuery } from '../queries.ts'

/** What the project costs with the terms on the page, and how much work that is. */
export function Estimate({
  price,
  tasks,
  overlap,
  audience,
}: {
  price: Price | null
  tasks: number
  overlap: number
  audience: Audience
}) {
  const { t } = useTranslation('projects')
  const { data: match } = useQuery(audienceMatchQuery(audience))
  const people = match ? Math.min(match.matching, price?.judgments ?? 0) : 0
  return (
    <aside className="estimate" aria-label={t('estimate.title')} aria-live="polite">
      <div className="in">
        <p className="faint small num">{t('estimate.for', { count: tasks, number: formatNumber(tasks) })}</p>
        <p className="sum">{price && tasks > 0 ? formatMoney(price.total) : '–'}</p>
        {tasks === 0 ? (
          <p className="muted">{t('estimate.noTasks')}</p>
        ) : (
          price && (
            <>
              <p className="muted">{t('estimate.returns')}</p>
              <table className="table">
                <tbody>
                  <tr>
                    <td>{t('estimate.tasks')}</td>
                    <td className="num">{formatNumber(tasks)}</td>
                  </tr>
                  <tr>
                    <td>{t('estimate.judgments', { overlap })}</td>
                    <td className="num">{formatNumber(price.judgments)}</td>
                  </tr>
                  <tr>
                    <td>{t('estimate.each')}</td>
                    <td className="num">{formatMoney(price.perJudgment)}</td>
                  </tr>
                </tbody>
                <tfoot>
                  <tr>
                    <td>{t('estimate.total')}</td>
                    <td className="num">{formatMoney(price.total)}</td>
                  </tr>
                </tfoot>
              </table>
              <p className="hint num">
                {t('estimate.hours', { time: formatDuration(price.hours * 3_600_000) })}{' '}
                {people > 0 &&
                  t('estimate.share', {
                    count: people,
                    number: formatNumber(people),
                    time: formatDuration((price.hours * 3_600_000) / people),
                  })}
              </p>
              {match && match.matching < overlap && (
                <p className="small caution">{t('estimate.tooFew', { count: match.matching, overlap })}</p>
              )}
            </>
          )
        )}
      </div>
    </aside>
  )
}
