import type { RejectedRow } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { formatNumber } from '../../../ui/format.ts'
import { RowFaults } from './RejectedRows.tsx'

const FEW = 6

/** Rows at the beginning of a file that the form of the project cannot judge; they would be left out. */
export function MisfitRows({ rows, misfits }: { rows: number; misfits: RejectedRow[] }) {
  const { t } = useTranslation('projects')
  const count = misfits.length
  const [first] = misfits
  if (!first) return null
  return (
    <div role="status">
      <details className="rejected" open={count < FEW}>
        <summary>
          {t(count === rows ? 'import.misfitsAll' : 'import.misfits', {
            count,
            number: formatNumber(count),
            rows: formatNumber(rows),
          })}
          {count >= FEW &&
            ` ${t('import.misfitFirst', { line: formatNumber(first.line), reason: first.message })}`}
        </summary>
        <RowFaults rows={misfits} caption={t('import.misfitsTitle')} />
        <p className="hint">{t('import.misfitsHint')}</p>
      </details>
    </div>
  )
}
