import type { TextQuestion } from '@groundwork/contract'
import { countWords } from '@groundwork/contract/checks'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuestionViewProps } from '../registry.tsx'

export function TextView({ question, value, onChange, aside }: QuestionViewProps<TextQuestion>) {
  const { t } = useTranslation('workbench')
  const id = useId()
  const text = typeof value === 'string' ? value : ''
  return (
    <div className="q text">
      <label className="ask" htmlFor={id}>
        {question.label}
        <span className="opt">
          {question.minWords > 0
            ? t('text.minWords', { count: question.minWords })
            : !question.required && t('text.optional')}
        </span>
      </label>
      {question.hint && <p className="hint">{question.hint}</p>}
      <textarea
        id={id}
        data-field
        dir="auto"
        aria-describedby={`${id}-state`}
        value={text}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <div className="under" id={`${id}-state`}>
        <span className="num">{t('text.words', { count: countWords(text) })}</span>
        {aside}
      </div>
    </div>
  )
}
