import { Field } from '../../ui/Field.tsx'

/** A number with its unit; NaN while nothing is typed. */
export function NumberField({
  label,
  hint,
  unit,
  value,
  min = 0,
  max,
  step = 1,
  error,
  onChange,
}: {
  label: string
  hint?: string
  unit?: string
  value: number
  min?: number
  max?: number
  step?: number | 'any'
  error?: string | undefined
  onChange: (value: number) => void
}) {
  return (
    <Field label={label} error={error} {...(hint && { hint })}>
      {(control) => (
        <div className="input-unit">
          <input
            className="input"
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={step}
            value={Number.isNaN(value) ? '' : value}
            onChange={(event) => onChange(event.target.valueAsNumber)}
            {...control}
          />
          {unit && <span>{unit}</span>}
        </div>
      )}
    </Field>
  )
}
