import type { ChoiceQuestion } from '@groundwork/contract'
import { lazy } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { OptionList } from './OptionList.tsx'
import { needsSearch } from './option-tree.ts'
import { useOptionKeys } from './use-option-keys.ts'

const OptionTree = lazy(() => import('./OptionTree.tsx'))

/** One of several options: a few as radio buttons with keys, many in a list with a search. */
export default function ChoiceView({
  question,
  value,
  onChange,
  onAnswered,
  ownsKeys,
  compact,
  aside,
}: QuestionViewProps<ChoiceQuestion>) {
  const { t } = useTranslation('workbench')
  const searched = needsSearch(question.options)
  const chosen = typeof value === 'string' && value !== '' ? [value] : []
  const keys = useOptionKeys(question.options, { searched, on: ownsKeys }, (next) => {
    onChange(next)
    onAnswered?.()
  })
  return (
    <fieldset className={compact ? 'choice compact' : 'q choice'}>
      <legend className={compact ? 'sr' : 'ask'}>
        {question.label}
        {!compact && !question.required && <span className="opt">{t('text.optional')}</span>}
      </legend>
      {question.hint && !compact && <p className="hint">{question.hint}</p>}
      {searched ? (
        <OptionTree
          label={question.label}
          options={question.options}
          chosen={chosen}
          onToggle={(next) => onChange(next === value ? undefined : next)}
        />
      ) : (
        <OptionList options={question.options} keys={keys} chosen={chosen} onToggle={onChange} />
      )}
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}
