import { callUrl } from '@groundwork/client'
import type { RejectedRow } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber } from '../../../ui/format.ts'

const SHOWN = 100

/** Rows that give no task, by line, each with how to mend it. */
export function RejectedRows({
  rows,
  count,
  inSample,
  importId,
}: {
  rows: RejectedRow[]
  count: number
  /** Only the beginning of the file was read. */
  inSample?: boolean
  /** Of which all bad rows can be had as a file. */
  importId?: string
}) {
  const { t } = useTranslation('projects')
  if (count === 0) return null
  return (
    <details className="rejected" open={!inSample || rows.length < 6}>
      <summary>
        {t(inSample ? 'import.rejectedSample' : 'import.rejected', { count, number: formatNumber(count) })}
      </summary>
      <RowFaults rows={rows.slice(0, SHOWN)} caption={t('import.rejectedTitle')} />
      {importId && (
        <p>
          <a
            className="rejected-file"
            href={callUrl('getRejectedRows', { params: { id: importId } })}
            download
          >
            {t('import.downloadRejected')}
          </a>
        </p>
      )}
      {count > SHOWN && (
        <p className="hint">{t('import.rejectedMore', { number: formatNumber(count - SHOWN) })}</p>
      )}
    </details>
  )
}

/** What is wrong with rows, by line. */
export function RowFaults({ rows, caption }: { rows: RejectedRow[]; caption: string }) {
  const { t } = useTranslation('projects')
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <th scope="col" className="num">
            {t('import.line')}
          </th>
          <th scope="col">{t('import.reason')}</th>
          <th scope="col">{t('import.code')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.line} ${row.code}`}>
            <td className="num">{formatNumber(row.line)}</td>
            <td>{row.message}</td>
            <td className="faint nowrap">{row.code}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
