import type { Question, TaskDetail } from '@groundwork/contract'
import { type AnswerTask, isUnanswered } from '@groundwork/contract/checks'
import { useTranslation } from '../../../i18n/react.ts'
import { AnswerView } from '../../../ui/answer/AnswerView.tsx'
import { Time } from '../../../ui/bits.tsx'
import { formatClock } from '../../../ui/format.ts'
import { type ChangedAnswer, changedAnswers, lineOf } from './changed-answers.ts'
import './judgments.css'

type Judgment = TaskDetail['judgments'][number]

/** What the trainer corrected, when, and what each answer was before and after. Nothing where nothing was corrected. */
export function JudgmentHistory({
  judgment,
  history,
  questions,
  task,
}: {
  judgment: Judgment
  history: readonly Judgment[]
  questions: readonly Question[]
  task: AnswerTask
}) {
  const { t } = useTranslation(['judgments', 'projects'])
  const line = lineOf(judgment, history)
  if (line.length === 1) return null
  return (
    <details className="judgment-history">
      <summary>{t('history.corrected', { count: line.length - 1 })}</summary>
      <ol>
        {line.map((version, index) => {
          const before = line[index - 1]
          const changes = before ? changedAnswers(questions, before.answer, version.answer) : []
          return (
            <li key={version.id}>
              <p className="num">
                <strong>
                  {before ? t('history.correction', { number: index }) : t('history.submitted')}
                </strong>{' '}
                <span className="hint">
                  <Time at={version.submittedAt} />
                  {t('projects:sheet.meta', {
                    time: formatClock(version.activeMs),
                    version: version.guidelineVersion,
                  })}
                </span>
              </p>
              {before && changes.length === 0 && <p className="muted">{t('history.unchanged')}</p>}
              {changes.map((change) => (
                <Change key={change.id} change={change} task={task} />
              ))}
            </li>
          )
        })}
      </ol>
    </details>
  )
}

function Change({ change, task }: { change: ChangedAnswer; task: AnswerTask }) {
  const { t } = useTranslation(['judgments', 'results'])
  const { id, question } = change
  return (
    <div className="judgment-change">
      <p className="muted">{question?.label ?? t('results:sheet.formerQuestion', { id })}</p>
      <dl>
        {(['before', 'after'] as const).map((when) => (
          <div key={when}>
            <dt>{t(`history.${when}`)}</dt>
            <dd>
              {isUnanswered(change[when]) ? (
                <span className="faint">{t('history.none')}</span>
              ) : question ? (
                <AnswerView question={question} value={change[when]} task={task} />
              ) : (
                <code className="answer-raw">{JSON.stringify(change[when])}</code>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
