import type { Answer } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatRelative } from '../../../ui/format.ts'
import { letter } from '../../../ui/task/message-text.ts'
import { sameAnswer } from '../same-answer.ts'
import type { OpenTask } from '../workbench-state.ts'
import { answerText } from './answer-text.ts'
import './desk.css'

/** Two versions of one answer beside each other, and the choice between them. */
export function ConflictDialog({
  task,
  onChoose,
  onClose,
}: {
  task: OpenTask
  onChoose: (version: 'mine' | 'theirs') => void
  onClose: () => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const { conflict } = task
  if (!conflict) return null
  const choose = (version: 'mine' | 'theirs') => {
    onChoose(version)
    onClose()
  }
  return (
    <Dialog open onClose={onClose} shape="wide" title={t('conflict.title')}>
      <p>{t('conflict.body')}</p>
      <div className="versions">
        <Version
          title={t('conflict.here')}
          task={task}
          answer={task.answer}
          other={conflict.answer}
          onChoose={() => choose('mine')}
        />
        <Version
          title={t('conflict.elsewhere', { when: formatRelative(conflict.savedAt) })}
          task={task}
          answer={conflict.answer}
          other={task.answer}
          onChoose={() => choose('theirs')}
        />
      </div>
    </Dialog>
  )
}

function Version({
  title,
  task,
  answer,
  other,
  onChoose,
}: {
  title: string
  task: OpenTask
  answer: Answer
  other: Answer
  onChoose: () => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const { form, task: shown } = task.assignment
  const nameOf = (id: string) => {
    const position = shown.candidates.findIndex((candidate) => candidate.id === id)
    return position < 0 ? null : t('common:task.response', { name: letter(position) })
  }
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {form.questions.map(({ id, label }) => {
          const differs = !sameAnswer(answer[id], other[id])
          const text = answerText(answer[id], nameOf)
          return (
            <div key={id} className={differs ? 'differs' : undefined}>
              <dt>
                {label} {differs && <span className="caution">({t('conflict.differs')})</span>}
              </dt>
              <dd dir="auto">{text || <span className="faint">{t('conflict.empty')}</span>}</dd>
            </div>
          )
        })}
      </dl>
      <Button onClick={onChoose}>{t('conflict.keep')}</Button>
    </section>
  )
}
