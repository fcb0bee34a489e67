import type { BoxesQuestion } from '@groundwork/contract'
import { type CSSProperties, useId } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { labelKey } from './boxes-answer.ts'
import { COLOURS } from './Marks.tsx'

/** As many labels stand side by side; more are in a list. */
const MOST_IN_A_ROW = 9

/** The label that new shapes get, and the selected one at once. A form with one label has nothing to choose. */
export function LabelChoice({
  question: { labels },
  label,
  colourOf,
  onLabel,
}: {
  question: BoxesQuestion
  label: string
  colourOf: (label: string) => number
  onLabel: (label: string) => void
}) {
  const { t } = useTranslation('boxes')
  const id = useId()
  if (labels.length < 2) return null
  if (labels.length > MOST_IN_A_ROW)
    return (
      <div className="field boxes-label">
        <label htmlFor={id}>{t('label')}</label>
        <select id={id} className="input" value={label} onChange={(event) => onLabel(event.target.value)}>
          {labels.map((each, index) => (
            <option key={each.value} value={each.value}>
              {each.label} {labelKey(labels, index) ? `(${labelKey(labels, index)})` : ''}
            </option>
          ))}
        </select>
      </div>
    )
  return (
    <div className="boxes-labels" role="radiogroup" aria-label={t('label')}>
      {labels.map((each, index) => (
        <label key={each.value} title={each.hint}>
          <input type="radio" name={id} checked={each.value === label} onChange={() => onLabel(each.value)} />
          <span>
            <i
              style={{ '--mark': `var(--mark-${colourOf(each.value) % COLOURS})` } as CSSProperties}
              aria-hidden="true"
            />
            {each.label}
            {labelKey(labels, index) && <kbd>{labelKey(labels, index)?.toUpperCase()}</kbd>}
          </span>
        </label>
      ))}
    </div>
  )
}
