import type { PreferenceOutcome } from '@groundwork/contract'
import { useTranslation } from 'react-i18next'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber, formatPercent } from '../../../ui/format.ts'
import { outcomes } from '../outcomes.ts'

/** How the tasks came out. */
export function OutcomeTable({
  counts,
  undecided,
  decided,
  partly,
}: {
  counts: Record<PreferenceOutcome, number>
  undecided: number
  decided: number
  /** Said behind the count when only the first tasks were looked through. */
  partly: string
}) {
  const { t } = useTranslation('projects')
  const total = decided + undecided
  if (total === 0) return null
  const rows = [
    ...outcomes.map((outcome) => ({ key: outcome, name: t(`outcomes.${outcome}`), count: counts[outcome] })),
    ...(undecided > 0 ? [{ key: 'undecided', name: t('outcomes.undecided'), count: undecided }] : []),
  ]
  return (
    <section className="section" aria-labelledby="outcomes">
      <div className="section-head">
        <h2 id="outcomes">{t('results.outcomes')}</h2>
        <p className="num">
          {t('results.outcomesOf', { count: total, number: formatNumber(total) })}
          {partly}
        </p>
      </div>
      <Table caption={t('table', { title: t('results.outcomes') })} className="outcome-table">
        <thead>
          <tr>
            <th scope="col">{t('results.outcome')}</th>
            <th scope="col">{t('results.share')}</th>
            <th scope="col" className="num">
              {t('results.percent')}
            </th>
            <th scope="col" className="num">
              {t('results.tasks')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>{row.name}</td>
              <td>
                <span className="bar" aria-hidden="true">
                  <i style={{ inlineSize: `${(100 * row.count) / total}%` }} />
                </span>
              </td>
              <td className="num">{formatPercent(row.count / total)}</td>
              <td className="num">{formatNumber(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
