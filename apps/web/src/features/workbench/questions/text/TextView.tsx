import type { TextQuestion } from '@groundwork/contract'
import { countWords } from '@groundwork/contract/checks'
import { useId, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Markdown } from '../../../../ui/markdown/Markdown.tsx'
import type { QuestionViewProps } from '../registry.tsx'

/** Text that grows with what is written; Markdown has a preview beside the source. */
export default function TextView({ question, value, onChange, aside }: QuestionViewProps<TextQuestion>) {
  const { t } = useTranslation('workbench')
  const id = useId()
  const [preview, setPreview] = useState(false)
  const text = typeof value === 'string' ? value : ''
  const markdown = question.format === 'markdown'
  return (
    <div className={markdown ? 'q text document' : 'q text'}>
      <label className="ask" htmlFor={id}>
        {question.label}
        <Wanted question={question} />
      </label>
      {question.hint && <p className="hint">{question.hint}</p>}
      {markdown && (
        <div className="seg" role="radiogroup" aria-label={t('text.markdown')}>
          {([false, true] as const).map((shows) => (
            <label key={String(shows)}>
              <input
                type="radio"
                name={`${id}-view`}
                checked={preview === shows}
                onChange={() => setPreview(shows)}
              />
              <span>{t(shows ? 'text.preview' : 'text.write')}</span>
            </label>
          ))}
        </div>
      )}
      {preview && (
        <div className="text-preview" aria-live="off">
          {text.trim() === '' ? <p className="faint">{t('text.empty')}</p> : <Markdown text={text} />}
        </div>
      )}
      <textarea
        id={id}
        data-field
        hidden={preview}
        dir="auto"
        spellCheck
        aria-describedby={`${id}-state`}
        value={text}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <div className="under" id={`${id}-state`}>
        <Count text={text} question={question} />
        {aside}
      </div>
    </div>
  )
}

/** How many words are wanted. */
function Wanted({ question: { minWords: min, maxWords: max, required } }: { question: TextQuestion }) {
  const { t } = useTranslation('workbench')
  const words =
    min > 0 && max !== undefined
      ? t('text.betweenWords', { min, max })
      : min > 0
        ? t('text.minWords', { count: min })
        : max !== undefined
          ? t('text.maxWords', { count: max })
          : ''
  const optional = required ? '' : t('text.optional')
  return <span className="opt">{[words, optional].filter(Boolean).join(', ')}</span>
}

function Count({ text, question: { minWords, maxWords } }: { text: string; question: TextQuestion }) {
  const { t } = useTranslation('workbench')
  const words = countWords(text)
  const over = maxWords !== undefined && words > maxWords ? words - maxWords : 0
  return (
    <span className={over > 0 ? 'num caution' : 'num'}>
      {t('text.words', { count: words })}
      {words > 0 && words < minWords && `, ${t('text.moreWords', { count: minWords - words })}`}
      {over > 0 && `, ${t('text.lessWords', { count: over })}`}
    </span>
  )
}
