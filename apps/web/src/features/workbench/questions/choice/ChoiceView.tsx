import type { ChoiceQuestion } from '@groundwork/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../../../ui/keys/shortcuts.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { optionKeys } from './option-keys.ts'

/** One of a few options, each with its key. */
export function ChoiceView({
  question,
  value,
  onChange,
  onAnswered,
  ownsKeys,
  compact,
  aside,
}: QuestionViewProps<ChoiceQuestion>) {
  const { t } = useTranslation('workbench')
  const name = useId()
  const keys = optionKeys(question.options)
  useShortcuts(
    ownsKeys
      ? question.options.flatMap((option) => {
          const key = keys.get(option.value)
          return key
            ? {
                keys: key,
                label: option.label,
                group: 'answers' as const,
                run: () => {
                  onChange(option.value)
                  onAnswered?.()
                },
              }
            : []
        })
      : [],
  )
  return (
    <fieldset className={compact ? 'choice compact' : 'q choice'}>
      <legend className={compact ? 'sr' : 'ask'}>
        {question.label}
        {!compact && !question.required && <span className="opt">{t('text.optional')}</span>}
      </legend>
      {question.hint && !compact && <p className="hint">{question.hint}</p>}
      <div className="options">
        {question.options.map((option) => (
          <label key={option.value} className="option">
            <input
              type="radio"
              name={name}
              aria-label={option.label}
              aria-describedby={option.hint ? `${name}-${option.value}` : undefined}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="what">
              {option.label}
              {option.hint && (
                <small className="faint" id={`${name}-${option.value}`}>
                  {option.hint}
                </small>
              )}
            </span>
            {keys.has(option.value) && <kbd>{keys.get(option.value)?.toUpperCase()}</kbd>}
          </label>
        ))}
      </div>
      {aside}
    </fieldset>
  )
}
