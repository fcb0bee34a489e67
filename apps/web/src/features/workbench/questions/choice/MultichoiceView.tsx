import type { MultichoiceQuestion } from '@groundwork/contract'
import { lazy } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { useShortcuts } from '../../../../ui/keys/shortcuts.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { OptionList } from './OptionList.tsx'
import { needsSearch } from './option-tree.ts'
import { useOptionKeys } from './use-option-keys.ts'

const OptionTree = lazy(() => import('./OptionTree.tsx'))

/** Any number of options within the bounds of the question; "none of these" is an answer of its own. */
export default function MultichoiceView({
  question,
  value,
  onChange,
  onAnswered,
  ownsKeys,
  compact,
  aside,
}: QuestionViewProps<MultichoiceQuestion>) {
  const { t } = useTranslation(['questions', 'workbench'])
  const { options, min, max } = question
  const searched = needsSearch(options)
  const chosen = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  const none = Array.isArray(value) && value.length === 0
  const full = max !== undefined && chosen.length >= max
  const toggle = (option: string) => {
    if (full && !chosen.includes(option)) return
    const next = chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option]
    // In the order of the form, whatever was chosen first.
    const sorted = options.flatMap((each) => (next.includes(each.value) ? [each.value] : []))
    onChange(sorted.length > 0 ? sorted : undefined)
  }
  const keys = useOptionKeys(options, { searched, on: ownsKeys }, toggle)
  const mayBeNone = min === 0
  const bounds = boundsOf(min, max)
  useShortcuts(
    ownsKeys && mayBeNone
      ? [
          {
            keys: '0',
            label: t('multichoice.none'),
            group: 'answers',
            run: () => {
              onChange([])
              onAnswered?.()
            },
          },
        ]
      : [],
  )
  return (
    <fieldset className={compact ? 'choice compact' : 'q choice'}>
      <legend className={compact ? 'sr' : 'ask'}>
        {question.label}
        {!compact && (
          <span className="opt">
            {bounds && t(`multichoice.${bounds}`, { min, max })}
            {!question.required && ` ${t('workbench:text.optional')}`}
          </span>
        )}
      </legend>
      {question.hint && !compact && <p className="hint">{question.hint}</p>}
      {searched ? (
        <OptionTree
          label={question.label}
          options={options}
          chosen={chosen}
          many
          full={full}
          onToggle={toggle}
        />
      ) : (
        <OptionList options={options} keys={keys} chosen={chosen} many full={full} onToggle={toggle} />
      )}
      {mayBeNone && (
        <label className="option none">
          <input
            type="checkbox"
            aria-label={t('multichoice.none')}
            checked={none}
            onChange={() => onChange(none ? undefined : [])}
          />
          <span className="what">{t('multichoice.none')}</span>
          <kbd>0</kbd>
        </label>
      )}
      <p className="sr" role="status">
        {max !== undefined && full && t('multichoice.full', { count: max })}
      </p>
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}

/** Which words say how many may be chosen. */
function boundsOf(min: number, max: number | undefined) {
  if (max !== undefined) return min === max ? 'exactly' : min > 0 ? 'between' : 'upTo'
  return min > 0 ? 'atLeast' : undefined
}
