import type { Option } from '@groundwork/contract'
import { useId } from 'react'

/** A few options to choose from, each with its key. */
export function OptionList({
  options,
  keys,
  many = false,
  full = false,
  chosen,
  onToggle,
}: {
  options: readonly Option[]
  /** The key of each option by its value. */
  keys: ReadonlyMap<string, string>
  /** Whether several may be chosen. */
  many?: boolean
  /** As many are chosen as may be. */
  full?: boolean
  chosen: readonly string[]
  onToggle: (value: string) => void
}) {
  const name = useId()
  return (
    <div className="options">
      {options.map(({ value, label, hint }) => (
        <label key={value} className="option">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            aria-label={label}
            aria-describedby={hint ? `${name}-${value}` : undefined}
            disabled={full && !chosen.includes(value)}
            checked={chosen.includes(value)}
            onChange={() => onToggle(value)}
          />
          <span className="what">
            {label}
            {hint && (
              <small className="faint" id={`${name}-${value}`}>
                {hint}
              </small>
            )}
          </span>
          {keys.has(value) && <kbd>{keys.get(value)?.toUpperCase()}</kbd>}
        </label>
      ))}
    </div>
  )
}
