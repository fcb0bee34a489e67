import type { ReactNode } from 'react'
import { Field } from '../../ui/Field.tsx'

/** A whole number with its unit. */
export function CountField({
  label,
  value,
  min,
  max,
  unit,
  hint,
  error,
  onChange,
}: {
  label: string
  value: number
  min: number
  max: number
  unit: string
  hint?: ReactNode
  error?: string | undefined
  /** NaN while the field is empty. */
  onChange: (value: number) => void
}) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })} error={error} className="count-field">
      {(control) => (
        <div className="input-unit">
          <input
            className="input"
            type="number"
            inputMode="numeric"
            min={min}
            max={max}
            step={1}
            value={Number.isNaN(value) ? '' : value}
            onChange={(event) => onChange(event.target.valueAsNumber)}
            {...control}
          />
          <span>{unit}</span>
        </div>
      )}
    </Field>
  )
}

export const isWithin = (value: number, min: number, max: number) =>
  Number.isInteger(value) && value >= min && value <= max
