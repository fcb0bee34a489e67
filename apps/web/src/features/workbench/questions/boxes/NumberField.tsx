import { useState } from 'react'

/** A whole number in a cell of a table; what is typed counts at once where it is one, and is shown as it counts when the field is left. */
export function NumberField({
  label,
  value,
  least,
  most,
  onFocus,
  onValue,
}: {
  label: string
  value: number
  least: number
  most: number
  onFocus: () => void
  onValue: (value: number) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      className="input num"
      type="number"
      inputMode="numeric"
      step={1}
      min={least}
      max={most}
      aria-label={label}
      value={typed ?? String(value)}
      onFocus={onFocus}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value)
        const number = Math.round(event.target.valueAsNumber)
        if (Number.isFinite(number)) onValue(number)
      }}
    />
  )
}
