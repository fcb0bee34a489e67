import type { Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Table } from '../../../ui/bits.tsx'
import { formatMoney } from '../../../ui/format.ts'
import { Part } from '../../../ui/Part.tsx'
import { ledgerQuery } from '../queries.ts'

const known = ['funding_source', 'escrow', 'trainer_pending', 'trainer_available'] as const

/** The trial balance: every account that the money of this project touched; the sum is zero, always. */
export function LedgerSettings({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { data, error } = useQuery(ledgerQuery(project.id))
  if (error) {
    return (
      <Part title={t('ledger.title')}>
        <p className="form-error">{errorText(error)}</p>
      </Part>
    )
  }
  const accounts = data?.accounts ?? []
  return (
    <Part title={t('ledger.title')} about={t('ledger.about')}>
      {accounts.length === 0 ? (
        <p className="muted">{t('ledger.none')}</p>
      ) : (
        <Table caption={t('table', { title: t('ledger.title') })}>
          <thead>
            <tr>
              <th scope="col">{t('ledger.account')}</th>
              <th scope="col">{t('ledger.owner')}</th>
              <th scope="col" className="num">
                {t('ledger.held')}
              </th>
              <th scope="col" className="num">
                {t('ledger.posted')}
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => {
              const kind = known.find((each) => each === account.kind)
              return (
                <tr key={`${account.kind} ${account.owner.id} ${account.currency}`}>
                  <td>{kind ? t(`ledger.kinds.${kind}`) : account.kind}</td>
                  <td>{account.owner.name}</td>
                  <td className="num">{amount(account.held, account.currency)}</td>
                  <td className="num">{amount(account.posted, account.currency)}</td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            {Object.entries(data?.sums ?? {}).map(([currency, sum]) => (
              <tr key={currency}>
                <td colSpan={3}>{t('ledger.sum')}</td>
                <td className="num">{amount(sum, currency)}</td>
              </tr>
            ))}
          </tfoot>
        </Table>
      )}
    </Part>
  )
}

/** With a real minus sign before the sign of the currency. */
function amount(value: string, currency: string): string {
  const negative = value.startsWith('-')
  return `${negative ? '−' : ''}${formatMoney({ amount: value.replace(/^-/, ''), currency })}`
}
