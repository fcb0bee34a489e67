import type {
  RewriteAnswer as Rewrite,
  RewriteQuestion,
  TextQuestion,
  TurnsAnswer as Turns,
  TurnsQuestion,
} from '@groundwork/contract'
import { countWords } from '@groundwork/contract/checks'
import { useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { useTargetName } from '../task/target-name.ts'
import type { AnswerProps } from './AnswerView.tsx'
import { diffPieces } from './diff-pieces.ts'

export function TextAnswer({ question, value }: AnswerProps<TextQuestion>) {
  const text = String(value)
  if (question.format === 'markdown') return <Markdown text={text} className="answer-document" />
  return (
    <p className="answer-text" dir="auto">
      {text}
    </p>
  )
}

/** What has been changed, word by word; or the new text as it reads. */
export function RewriteAnswer({ value, task }: AnswerProps<RewriteQuestion>) {
  const { t } = useTranslation('answer')
  const nameOf = useTargetName(task)
  const [whole, setWhole] = useState(false)
  const { candidate, original, text } = value as Rewrite
  const pieces = useMemo(() => diffPieces(original, text), [original, text])
  return (
    <div className="answer-rewrite">
      <p className="faint small">
        {t('rewrite.from', { name: nameOf(candidate) })}, {t('words', { count: countWords(text) })}
        {original === text ? `, ${t('rewrite.unchanged')}` : ''}{' '}
        <Button className="link" onClick={() => setWhole(!whole)}>
          {t(whole ? 'rewrite.diff' : 'rewrite.text')}
        </Button>
      </p>
      {whole ? (
        <Markdown text={text} className="answer-document" />
      ) : (
        <p className="answer-text" dir="auto">
          {pieces.map(({ kind, text: piece }, index) => {
            const key = `${index} ${kind}`
            if (kind === 'same') return piece
            return kind === 'gone' ? <del key={key}>{piece}</del> : <ins key={key}>{piece}</ins>
          })}
        </p>
      )}
    </div>
  )
}

/** A conversation as it was written. */
export function TurnsAnswer({ value }: AnswerProps<TurnsQuestion>) {
  const { t } = useTranslation(['answer', 'common'])
  return (
    <ol className="answer-turns">
      {(value as Turns).messages.map(({ role, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages of one answer do not move.
        <li key={index}>
          <p className="faint small">{t(`common:task.roles.${role}`)}</p>
          <Markdown text={text} className="answer-document" />
        </li>
      ))}
    </ol>
  )
}
