import type { Project } from '@groundwork/contract'
import { useState } from 'react'
import { errorText, fieldErrors } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { formatMoney, formatNumber } from '../../ui/format.ts'
import { showToast } from '../../ui/toast-store.ts'
import { MoneyField } from './MoneyField.tsx'
import { isZero, microsOf, missingMoney } from './pricing.ts'
import { useFunding } from './use-funding.ts'

/** Puts money into the escrow of a project. */
export function FundDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('projects')
  const { slots, money } = project.progress
  const { currency } = project.pay
  const missing = missingMoney(slots.open, project.pay.perJudgment, money.free)
  const [amount, setAmount] = useState(isZero(missing) ? '' : missing.amount)
  const funding = useFunding(project)
  const micros = microsOf(amount, currency)
  const send = () => {
    if (micros === null || micros === 0n) return
    funding.mutate(
      { amount: amount.trim(), currency },
      {
        onSuccess: () => {
          showToast({ text: t('fund.done', { amount: formatMoney({ amount: amount.trim(), currency }) }) })
          onClose()
        },
      },
    )
  }
  const errors = fieldErrors(funding.error)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('acts.fund')}
      foot={
        <>
          <Button onClick={onClose}>{t('acts.cancel')}</Button>
          <Button look="primary" disabled={!micros} busy={funding.isPending} onClick={send}>
            {t('fund.act')}
          </Button>
        </>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <MoneyField
          label={t('fund.amount')}
          currency={currency}
          value={amount}
          onChange={setAmount}
          hint={
            isZero(missing)
              ? t('fund.enough')
              : t('fund.missing', {
                  amount: formatMoney(missing),
                  count: slots.open,
                  number: formatNumber(slots.open),
                })
          }
          error={amount !== '' && !micros ? t('pay.badAmount') : errors['amount.amount']}
        />
        <p className="hint">{t('fund.source')}</p>
        {funding.error && Object.keys(errors).length === 0 && (
          <p className="form-error" role="alert">
            {errorText(funding.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}
