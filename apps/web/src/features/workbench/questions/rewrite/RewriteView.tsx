import type { RewriteAnswer, RewriteQuestion } from '@groundwork/contract'
import { candidateText } from '@groundwork/contract/checks'
import { useId, useMemo } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { letter } from '../../../../ui/task/message-text.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { useEditorKeys } from '../use-editor-keys.ts'
import { keepText, keptText } from './kept-texts.ts'
import { RewriteEditor } from './RewriteEditor.tsx'
import './rewrite.css'

/** Letters that choose a response; the ones after them belong to the workbench. */
const KEYS = ['a', 'b', 'c', 'd', 'e']

/** A response made better: which one, and its text. */
export default function RewriteView({
  question,
  value,
  onChange,
  task,
  candidates,
  ownsKeys,
  aside,
}: QuestionViewProps<RewriteQuestion>) {
  const { t } = useTranslation('rewrite')
  const group = useId()
  const answer = asAnswer(value)
  const originals = useMemo(
    () => new Map(task.candidates.map((candidate) => [candidate.id, candidateText(candidate)])),
    [task],
  )
  const chosen = answer && originals.has(answer.candidate) ? answer.candidate : null
  const only = candidates.length === 1 ? (candidates[0] ?? null) : null
  const shown = chosen ?? only
  const original = shown === null ? '' : (originals.get(shown) ?? '')
  const text = chosen !== null && answer ? answer.text : original
  const place = (candidate: string) => `${task.id}.${question.id}.${candidate}`

  const choose = (candidate: string) => {
    if (candidate === chosen) return
    if (chosen !== null) keepText(place(chosen), text)
    const start = originals.get(candidate) ?? ''
    onChange({
      candidate,
      original: start,
      text: keptText(place(candidate)) ?? start,
    } satisfies RewriteAnswer)
  }
  useEditorKeys(
    ownsKeys && only === null
      ? [
          {
            keys: KEYS.slice(0, candidates.length),
            label: t('shortcuts.choose'),
            group: 'answers',
            run: (key) => {
              const candidate = candidates[KEYS.indexOf(key)]
              if (candidate === undefined) return false
              choose(candidate)
            },
          },
        ]
      : [],
  )
  return (
    <fieldset className="q rw">
      <legend className="ask">
        {question.label}
        {!question.required && <span className="opt">{t('optional')}</span>}
      </legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      {only === null && (
        <div className="rw-choice">
          <span id={`${group}-label`}>{t('choose')}</span>
          <div className="seg" role="radiogroup" aria-labelledby={`${group}-label`}>
            {candidates.map((candidate, position) => (
              <label key={candidate}>
                <input
                  type="radio"
                  name={group}
                  aria-label={t('response', { name: letter(position) })}
                  checked={candidate === chosen}
                  onChange={() => choose(candidate)}
                />
                <span>
                  {t('response', { name: letter(position) })}
                  {KEYS[position] && <kbd>{letter(position)}</kbd>}
                </span>
              </label>
            ))}
          </div>
          {chosen === null && <span className="faint">{t('chooseFirst')}</span>}
        </div>
      )}
      {shown !== null && (
        <RewriteEditor
          key={shown}
          question={question}
          name={only === null ? letter(candidates.indexOf(shown)) : null}
          original={original}
          text={text}
          answered={chosen !== null}
          aside={aside}
          onText={(next) => onChange({ candidate: shown, original, text: next } satisfies RewriteAnswer)}
        />
      )}
    </fieldset>
  )
}

const asAnswer = (value: unknown): RewriteAnswer | null =>
  typeof value === 'object' && value !== null && typeof (value as RewriteAnswer).text === 'string'
    ? (value as RewriteAnswer)
    : null
