import type { Currency } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Field, SelectField } from '../../ui/Field.tsx'
import { formatMoney } from '../../ui/format.ts'
import { MoneyField } from './MoneyField.tsx'
import {
  currencies,
  formatMinutes,
  isEstimate,
  microsOf,
  type PayDraft,
  parseMinutes,
  priceOf,
} from './pricing.ts'
import './pay-fields.css'

/** The promised hourly rate, the time of one judgment, and what one judgment pays by them. */
export function PayFields({
  value,
  onChange,
  errors,
  currencyFixed,
}: {
  value: PayDraft
  onChange: (value: PayDraft) => void
  /** By field, as the server names them: `pay.hourly`. */
  errors: Record<string, string>
  currencyFixed?: boolean
}) {
  const { t } = useTranslation('projects')
  const price = priceOf(value, 1, 1)
  const hourlyWrong = !microsOf(value.hourly, value.currency)
  return (
    <div className="pay-fields">
      <MoneyField
        label={t('pay.hourly')}
        currency={value.currency}
        unit={t('pay.anHour')}
        value={value.hourly}
        onChange={(hourly) => onChange({ ...value, hourly })}
        error={hourlyWrong ? t('pay.badAmount') : errors['pay.hourly']}
      />
      <TimeField
        seconds={value.estimateSeconds}
        onChange={(estimateSeconds) => onChange({ ...value, estimateSeconds })}
        error={errors['pay.estimateSeconds']}
      />
      <div className="field">
        <span className="label">{t('pay.perJudgment')}</span>
        <output className="pay-out num">{price ? formatMoney(price.perJudgment) : '–'}</output>
        {currencyFixed && <span className="hint">{t('pay.paidIn', { currency: value.currency })}</span>}
      </div>
      {!currencyFixed && (
        <SelectField
          label={t('pay.currency')}
          value={value.currency}
          error={errors['pay.currency']}
          onChange={(event) => onChange({ ...value, currency: event.target.value as Currency })}
        >
          {currencies.map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </SelectField>
      )}
    </div>
  )
}

function TimeField({
  seconds,
  onChange,
  error,
}: {
  seconds: number
  onChange: (seconds: number) => void
  error: string | undefined
}) {
  const { t } = useTranslation('projects')
  // What is typed stays as it is while it is being typed: "6:" is on its way to "6:30".
  const [typed, setTyped] = useState(() => formatMinutes(seconds))
  const parsed = parseMinutes(typed)
  return (
    <Field label={t('pay.time')} error={parsed === null || !isEstimate(parsed) ? t('pay.badTime') : error}>
      {(control) => (
        <div className="input-unit">
          <input
            className="input"
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              onChange(parseMinutes(event.target.value) ?? 0)
            }}
            onBlur={() => parsed !== null && setTyped(formatMinutes(parsed))}
            {...control}
          />
          <span>{t('pay.minutes')}</span>
        </div>
      )}
    </Field>
  )
}
