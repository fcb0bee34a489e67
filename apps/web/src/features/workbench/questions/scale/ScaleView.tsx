import type { ScaleQuestion } from '@groundwork/contract'
import { type CSSProperties, useId, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { useShortcuts } from '../../../../ui/keys/shortcuts.ts'
import type { QuestionViewProps } from '../registry.tsx'

type Point = ScaleQuestion['points'][number]

/** A row of points to choose one of; what a point means is said under it while it is looked at or chosen. */
export default function ScaleView({
  question,
  value,
  onChange,
  onAnswered,
  ownsKeys,
  compact,
  aside,
}: QuestionViewProps<ScaleQuestion>) {
  const { t } = useTranslation('workbench')
  const name = useId()
  const [looked, setLooked] = useState<Point | null>(null)
  const { points, notApplicable } = question
  const chosen = points.find((point) => point.value === value)
  const inside = labelsFit(points)
  // Nine places have a digit; a scale of more is answered by arrows.
  const keyed = points.slice(0, 9)
  useShortcuts(
    ownsKeys
      ? [
          {
            keys: keyed.map((_, index) => String(index + 1)),
            label: t('shortcuts.scale'),
            group: 'answers',
            run: (key) => {
              onChange(keyed[Number(key) - 1]?.value)
              onAnswered?.()
            },
          },
          ...(notApplicable
            ? [
                {
                  keys: '0',
                  label: t('shortcuts.na'),
                  group: 'answers' as const,
                  run: () => {
                    onChange('na')
                    onAnswered?.()
                  },
                },
              ]
            : []),
        ]
      : [],
  )
  const said = looked ?? chosen
  return (
    <fieldset className={compact ? 'scale compact' : 'q scale'}>
      <legend className={compact ? 'sr' : 'ask'}>
        {question.label}
        {!compact && !question.required && <span className="opt">{t('text.optional')}</span>}
      </legend>
      {question.hint && !compact && <p className="hint">{question.hint}</p>}
      {!inside && !compact && points[0]?.label && (
        <div className="pref-ends" aria-hidden="true">
          <span>{points[0].label}</span>
          <span>{points.at(-1)?.label}</span>
        </div>
      )}
      <div
        className={inside ? 'points worded' : 'points'}
        style={{ '--points': points.length } as CSSProperties}
      >
        {points.map((point, index) => (
          <label
            key={point.value}
            onPointerEnter={() => setLooked(point)}
            onPointerLeave={() => setLooked(null)}
          >
            <input
              type="radio"
              name={name}
              aria-label={point.label ? `${point.value}, ${point.label}` : String(point.value)}
              aria-describedby={point.hint ? `${name}-says` : undefined}
              checked={point === chosen}
              onChange={() => onChange(point.value)}
              onFocus={() => setLooked(point)}
              onBlur={() => setLooked(null)}
            />
            <span>
              {point.value}
              {inside && <small>{point.label}</small>}
              {ownsKeys && index < 9 && point.value !== index + 1 && <kbd>{index + 1}</kbd>}
            </span>
          </label>
        ))}
        {notApplicable && (
          <label className="na">
            <input
              type="radio"
              name={name}
              aria-label={t('scale.na')}
              checked={value === 'na'}
              onChange={() => onChange('na')}
            />
            <span>
              {t(compact ? 'scale.naShort' : 'scale.na')} <kbd>0</kbd>
            </span>
          </label>
        )}
      </div>
      {points.some((point) => point.label || point.hint) && !compact && (
        <p className="says" id={`${name}-says`} aria-live="polite">
          {said && (
            <>
              {said.label && !inside && <b>{said.label}</b>} <span className="faint">{said.hint}</span>
            </>
          )}
        </p>
      )}
      {aside}
    </fieldset>
  )
}

/** Whether all labels have room inside of their points, in a rail of about 45 characters. */
const labelsFit = (points: readonly Point[]) => {
  const longest = Math.max(...points.map(({ label }) => label?.length ?? Number.POSITIVE_INFINITY))
  return longest * points.length <= 40 && longest <= 14
}
