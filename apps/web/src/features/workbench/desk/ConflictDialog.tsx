import type { Answer, Question } from '@groundwork/contract'
import { type CSSProperties, useEffect } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { AnswerView } from '../../../ui/answer/AnswerView.tsx'
import { diffPieces } from '../../../ui/answer/diff-pieces.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatRelative } from '../../../ui/format.ts'
import { sameAnswer } from '../same-answer.ts'
import { canStillSubmit, type OpenTask } from '../workbench-state.ts'
import { useCorrectInstead } from './use-correct-instead.ts'
import './desk.css'

/**
 * Two versions of one answer beside each other where they differ, and the choice between them: to go on with, or, when the task was submitted
 * elsewhere meanwhile, to correct that answer with.
 * @param onOpen called once: the task may be over by now
 */
export function ConflictDialog({
  task,
  onOpen,
  onChoose,
  onClose,
}: {
  task: OpenTask
  onOpen?: () => void
  onChoose: (version: 'mine' | 'theirs') => void
  onClose: () => void
}) {
  const { t } = useTranslation(['desk', 'notices'])
  const { conflict, lost, assignment } = task
  const { correct, busy } = useCorrectInstead(assignment)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it opens.
  useEffect(() => onOpen?.(), [])
  if (!conflict) return null
  const isOver = !canStillSubmit(lost)
  const choose = (version: 'mine' | 'theirs') => {
    onChoose(version)
    onClose()
  }
  const questions = assignment.form.questions.filter(
    ({ id }) => !sameAnswer(task.answer[id], conflict.answer[id]),
  )
  const same = assignment.form.questions.length - questions.length
  const when = formatRelative(conflict.savedAt)
  const versions = [
    { id: 'mine', title: t('conflict.here'), answer: task.answer, other: conflict.answer },
    {
      id: 'theirs',
      title: t(conflict.local ? 'conflict.otherTab' : 'conflict.elsewhere', { when }),
      answer: conflict.answer,
      other: task.answer,
    },
  ] as const
  return (
    <Dialog open onClose={onClose} shape="wide" title={t('conflict.title')}>
      {isOver && lost ? (
        <p role="alert">
          <b>{t(`notices:lostTitle.${lost}`)}</b> {t(`notices:lost.${lost}`)}
        </p>
      ) : (
        <p>{t(conflict.local ? 'conflict.bodyLocal' : 'conflict.body')}</p>
      )}
      <div className="versions">
        {versions.map(({ id, title, answer, other }) => (
          // Each line of the grid is one question, so that the same stands beside the same.
          <section key={id} aria-label={title} style={{ '--lines': questions.length + 2 } as CSSProperties}>
            <h3>{title}</h3>
            {questions.map((question) => (
              <div key={question.id} className="version-answer">
                <h4>{question.label}</h4>
                <Version question={question} answer={answer} other={other} task={task} />
              </div>
            ))}
            {isOver ? (
              lost === 'submitted' && (
                <Button busy={busy} onClick={() => correct(answer)}>
                  {t('notices:lost.correct')}
                </Button>
              )
            ) : (
              <Button onClick={() => choose(id)}>{t('conflict.keep')}</Button>
            )}
          </section>
        ))}
      </div>
      {same > 0 && <p className="faint small">{t('conflict.same', { count: same })}</p>}
    </Dialog>
  )
}

/** The answer to one question; of a text the words that the other version does not have are marked. */
function Version({
  question,
  answer,
  other,
  task,
}: {
  question: Question
  answer: Answer
  other: Answer
  task: OpenTask
}) {
  const [value, otherValue] = [answer[question.id], other[question.id]]
  const [text, otherText] = [textOf(question, value), textOf(question, otherValue)]
  if (text === null || otherText === null)
    return <AnswerView question={question} value={value} task={task.assignment.task} />
  return (
    <p className="answer-text" dir="auto">
      {diffPieces(otherText, text).map(({ kind, text: piece }, index) => {
        const key = `${index} ${kind}`
        if (kind === 'same') return piece
        return kind === 'new' && <mark key={key}>{piece}</mark>
      })}
    </p>
  )
}

/** The text of an answer that is one; null: it is something else, or nothing. */
function textOf({ type }: Question, value: unknown): string | null {
  if (type === 'text') return typeof value === 'string' && value !== '' ? value : null
  if (type !== 'rewrite' || typeof value !== 'object' || value === null || !('text' in value)) return null
  return String(value.text)
}
