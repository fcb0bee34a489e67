import { useState } from 'react'
import { TextField } from '../../../ui/Field.tsx'

/** A whole number; what is no number stays on the screen and is refused by the form's own check. */
export function NumberField({
  label,
  value,
  optional,
  error,
  onChange,
}: {
  label: string
  value: unknown
  optional: boolean
  error: string | undefined
  onChange: (value: unknown) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === undefined ? '' : String(value))
  return (
    <TextField
      label={label}
      optional={optional}
      error={error}
      inputMode="numeric"
      className="short"
      autoComplete="off"
      value={shown}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(numberFrom(event.target.value))
      }}
    />
  )
}

/** A number where it is one, nothing where nothing is written, else the text. */
export function numberFrom(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const number = Number(trimmed)
  return Number.isFinite(number) ? number : trimmed
}
