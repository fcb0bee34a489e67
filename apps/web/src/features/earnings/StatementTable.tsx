import type { StatementLine } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { formatClock, formatDateTime, formatDay, formatMoney, formatSignedMoney } from '../../ui/format.ts'

/** The lines, the date only where it changes. */
export function StatementTable({ lines }: { lines: StatementLine[] }) {
  const { t } = useTranslation('earnings')
  return (
    <table className="table earn-st">
      <thead>
        <tr>
          <th scope="col">{t('statement.date')}</th>
          <th scope="col">{t('statement.entry')}</th>
          <th scope="col" className="lo">
            {t('statement.reference')}
          </th>
          <th scope="col" className="num lo">
            {t('statement.active')}
          </th>
          <th scope="col" className="num">
            {t('statement.amount')}
          </th>
          <th scope="col" className="num">
            {t('statement.state')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => {
          const day = formatDay(line.at)
          const before = lines[index - 1]
          const first = !before || formatDay(before.at) !== day
          return <Line key={line.id} line={line} day={first ? day : null} />
        })}
      </tbody>
    </table>
  )
}

function Line({ line, day }: { line: StatementLine; day: string | null }) {
  const { t } = useTranslation('earnings')
  const kind =
    line.kind === 'pay' || line.kind === 'reversal'
      ? t(`kinds.${line.kind}`)
      : t('kinds.other', { kind: line.kind.replaceAll('_', ' ') })
  const out = line.amount.amount.startsWith('-')
  const received = !out && line.state === 'available'
  return (
    <tr className={day ? 'first' : undefined}>
      <td className="date">{day}</td>
      <td>
        <span className="what">{line.projectName ?? kind}</span>{' '}
        <span className="d" title={formatDateTime(line.at)}>
          {line.projectName && kind}
        </span>
      </td>
      <td className="ref lo">{line.id.slice(-8)}</td>
      <td className="num muted lo">{line.activeMs === null ? '' : formatClock(line.activeMs)}</td>
      <td className={received ? 'num money' : 'num'}>
        {out ? formatSignedMoney(line.amount) : formatMoney(line.amount)}
      </td>
      <td className="num bal">{t(`states.${line.state}`)}</td>
    </tr>
  )
}
