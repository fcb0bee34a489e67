import type { ReactNode } from 'react'
import { Field } from '../../ui/Field.tsx'
import { formatMoney } from '../../ui/format.ts'

/** An amount with the sign of its currency before it, and a unit such as "an hour" after it. */
export function MoneyField({
  label,
  currency,
  value,
  onChange,
  unit,
  hint,
  error,
}: {
  label: string
  currency: string
  value: string
  onChange: (value: string) => void
  unit?: string
  hint?: ReactNode
  error?: string | undefined
}) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })} error={error}>
      {(control) => (
        <div className="input-unit">
          <span>{sign(currency)}</span>
          <input
            className="input"
            inputMode="decimal"
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value.replace(',', '.'))}
            {...control}
          />
          {unit && <span>{unit}</span>}
        </div>
      )}
    </Field>
  )
}

/** "$" of "$0.00". */
const sign = (currency: string) => formatMoney({ amount: '0', currency }).replace(/[\d.,\s]/g, '')
