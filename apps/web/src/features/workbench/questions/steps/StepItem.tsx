import type { StepsQuestion } from '@groundwork/contract'
import { Check, CircleDashed, MessageSquare, Minus, X } from 'lucide-react'
import { memo, useDeferredValue, useId } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Markdown } from '../../../../ui/markdown/Markdown.tsx'
import type { Given, Label } from './steps-state.ts'

const labels: Record<Label, { icon: typeof Check; key: string }> = {
  1: { icon: Check, key: '1' },
  0: { icon: Minus, key: '2' },
  [-1]: { icon: X, key: '3' },
}

type StepItemProps = {
  question: StepsQuestion
  text: string
  index: number
  count: number
  given: Given
  /** It comes after the first error, where that ends the judging. */
  after: boolean
  /** The one that keys judge. */
  current: boolean
  /** Its comment is being written. */
  commenting: boolean
  onCurrent: (index: number) => void
  onComment: (index: number) => void
  onChange: (index: number, part: Partial<Given>) => void
}

/** One step: its text, what is said of it, and where it is wrong a better one. */
export const StepItem = memo(function StepItem(props: StepItemProps) {
  const { question, text, index, count, given, after, current, commenting } = props
  const { onCurrent, onComment, onChange } = props
  const { t } = useTranslation('steps')
  const id = useId()
  const offered: Label[] = question.neutral ? [1, 0, -1] : [1, -1]
  const stop = current ? 0 : -1
  const Icon = given.label === null || after ? CircleDashed : labels[given.label].icon
  return (
    <li data-label={after ? 'after' : (given.label ?? 'open')}>
      {/* The step itself takes the focus: keys judge it, and a screen reader hears what it says. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be named by a legend, and this is no form of its own. */}
      <div
        className="step"
        role="group"
        data-step
        data-field={current || undefined}
        data-part={`steps.${index}`}
        tabIndex={stop}
        aria-current={current ? 'step' : undefined}
        aria-labelledby={`${id}-head`}
        aria-describedby={`${id}-text`}
        onFocus={() => onCurrent(index)}
      >
        <p className="step-head" id={`${id}-head`}>
          <Icon className="icon" />
          <span className="sr">{t('step', { number: index + 1, count })}</span>
          <span className="num" aria-hidden="true">
            {index + 1}
          </span>
          <span className="sr">{t(`state.${after ? 'after' : (given.label ?? 'open')}`)}</span>
        </p>
        <div className="step-text" id={`${id}-text`}>
          <Markdown text={text} />
        </div>
        <div className="step-judge">
          {after ? (
            <p className="faint small">{t('afterError')}</p>
          ) : (
            <div className="seg" role="radiogroup" aria-label={t('judge', { number: index + 1 })}>
              {offered.map((label) => {
                const { icon: Sign, key } = labels[label]
                return (
                  <label key={label} data-label={label}>
                    <input
                      type="radio"
                      name={`${id}-label`}
                      tabIndex={stop}
                      aria-label={t(`label.${label}`)}
                      checked={given.label === label}
                      onChange={() => onChange(index, { label })}
                    />
                    <span>
                      <Sign className="icon" />
                      {t(`label.${label}`)}
                      {current && <kbd>{key}</kbd>}
                    </span>
                  </label>
                )
              })}
            </div>
          )}
          {!after && !commenting && given.comment === '' && (
            <Button
              look="quiet"
              size="s"
              tabIndex={stop}
              aria-label={t('commentOn', { number: index + 1 })}
              onClick={() => onComment(index)}
            >
              <MessageSquare className="icon" />
              {t('comment')}
            </Button>
          )}
        </div>
        {!after && given.label === -1 && question.better !== 'none' && (
          <Better
            question={question}
            text={text}
            index={index}
            value={given.better}
            stop={stop}
            onChange={(better) => onChange(index, { better })}
          />
        )}
        {!after && (commenting || given.comment !== '') && (
          <div className="field">
            <label htmlFor={`${id}-comment`}>{t('commentOn', { number: index + 1 })}</label>
            <textarea
              id={`${id}-comment`}
              className="short"
              data-comment
              dir="auto"
              tabIndex={stop}
              maxLength={5_000}
              value={given.comment}
              onChange={(event) => onChange(index, { comment: event.target.value })}
            />
          </div>
        )}
      </div>
    </li>
  )
})

/** The better step, with its preview: it may hold formulas and code as the step did. */
function Better({
  question,
  text,
  index,
  value,
  stop,
  onChange,
}: {
  question: StepsQuestion
  text: string
  index: number
  value: string
  stop: number
  onChange: (better: string) => void
}) {
  const { t } = useTranslation('steps')
  const id = useId()
  const preview = useDeferredValue(value)
  return (
    <div className="step-better">
      <div className="field">
        <div className="top">
          <label htmlFor={id}>{t('better', { number: index + 1 })}</label>
          {question.better === 'optional' && <span className="opt">{t('optional')}</span>}
          {value === '' && (
            <Button look="quiet" size="s" tabIndex={stop} onClick={() => onChange(text)}>
              {t('startFrom')}
            </Button>
          )}
        </div>
        <textarea
          id={id}
          data-better
          dir="auto"
          tabIndex={stop}
          maxLength={20_000}
          aria-required={question.better === 'required'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {preview.trim() !== '' && (
        <section aria-label={t('preview', { number: index + 1 })}>
          <p className="label faint">{t('previewHead')}</p>
          <Markdown text={preview} />
        </section>
      )}
    </div>
  )
}
