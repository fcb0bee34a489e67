import type { Project, Question, TaskDetail } from '@groundwork/contract'
import { type AnswerTask, eachOf, isUnanswered } from '@groundwork/contract/checks'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useHasRole } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { AnswerView } from '../../../ui/answer/AnswerView.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Time } from '../../../ui/bits.tsx'
import { formatClock } from '../../../ui/format.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { refreshProject } from '../queries.ts'
import { FlagJudgment } from './FlagJudgment.tsx'
import { JudgmentFlags } from './JudgmentFlags.tsx'
import { JudgmentHistory } from './JudgmentHistory.tsx'
import { effectiveFlag } from './judgment-flags.ts'

type Judgment = TaskDetail['judgments'][number]

/**
 * Every judgment of a task with its reason and what it was before it was corrected; a reviewer can accept one before its review window
 * ends, and question it.
 */
export function Judgments({ project, task }: { project: Project; task: TaskDetail }) {
  const { t } = useTranslation('projects')
  return (
    <section aria-labelledby="sheet-judgments">
      <div className="section-head">
        <h3 id="sheet-judgments">{t('sheet.judgments', { count: task.judgments.length })}</h3>
      </div>
      {task.judgments.length === 0 ? (
        <p className="faint">{t('sheet.noJudgments')}</p>
      ) : (
        <ul className="list judgments">
          {task.judgments.map((judgment) => (
            <Item
              key={judgment.id}
              judgment={judgment}
              history={task.history ?? []}
              project={project}
              task={task.payload}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Item({
  judgment,
  history,
  project,
  task,
}: {
  judgment: Judgment
  history: Judgment[]
  project: Project
  task: AnswerTask
}) {
  const { t } = useTranslation(['projects', 'results'])
  const { answer } = judgment
  const given = project.form.questions.filter(({ id }) => !isUnanswered(answer[id]))
  const first = given.find(isShort)
  const others = given.filter((question) => question !== first)
  const former = Object.keys(answer).filter((id) => project.form.questions.every((each) => each.id !== id))
  const [reason] = others
  const mayFlag = useHasRole('reviewer', project.organizationId) && !effectiveFlag(judgment.flags)
  const onlyReason = others.length === 1 && reason?.type === 'text' && eachOf(reason) === 'task'
  return (
    <li data-set-aside={effectiveFlag(judgment.flags)?.state}>
      <div className="judgment-head">
        <h4>{judgment.trainer.name}</h4>
        {first && (
          <span>
            <AnswerView question={first} value={answer[first.id]} task={task} />
          </span>
        )}
        {given.length === 0 && former.length === 0 && <span>{t('outcomes.unanswered')}</span>}
        <span className="end">
          {mayFlag && <FlagJudgment judgment={judgment} project={project} />}
          <Accept judgment={judgment} project={project} />
        </span>
      </div>
      {onlyReason && reason ? (
        <div className="judgment-reason">
          <AnswerView question={reason} value={answer[reason.id]} task={task} />
        </div>
      ) : (
        (others.length > 0 || former.length > 0) && (
          <dl className="judgment-answers">
            {others.map((question) => (
              <div key={question.id}>
                <dt>{question.label}</dt>
                <dd>
                  <AnswerView question={question} value={answer[question.id]} task={task} />
                </dd>
              </div>
            ))}
            {former.map((id) => (
              <div key={id}>
                <dt>{t('results:sheet.formerQuestion', { id })}</dt>
                <dd>
                  <code className="answer-raw">{JSON.stringify(answer[id])}</code>
                </dd>
              </div>
            ))}
          </dl>
        )
      )}
      <p className="hint num">
        <Time at={judgment.submittedAt} />
        {t('sheet.meta', { time: formatClock(judgment.activeMs), version: judgment.guidelineVersion })}
        {judgment.late && t('sheet.late')}
      </p>
      <JudgmentHistory judgment={judgment} history={history} questions={project.form.questions} task={task} />
      <JudgmentFlags judgment={judgment} project={project} />
    </li>
  )
}

/** Answers that fit behind a name. */
const isShort = (question: Question): boolean =>
  eachOf(question) === 'task' &&
  (question.type === 'scale' ||
    question.type === 'choice' ||
    (question.type === 'preference' && (question.axes ?? []).length === 0))

/** The pay of a judgment waits for the end of the review window, unless somebody accepts it before. */
function Accept({ judgment, project }: { judgment: Judgment; project: Project }) {
  const { t } = useTranslation('projects')
  const mayAccept = useHasRole('reviewer', project.organizationId)
  const [accepted, setAccepted] = useState(false)
  const accept = useMutation({
    mutationFn: () => client.acceptJudgment({ params: { id: judgment.id } }),
    onSuccess: () => {
      setAccepted(true)
      void refreshProject(project.id)
    },
    onError: (error) => showToast({ text: errorText(error), bad: true }),
  })
  const windowEnds = Date.parse(judgment.submittedAt) + project.reviewWindowDays * 86_400_000
  if (accepted || judgment.accepted) return <span className="faint small">{t('sheet.accepted')}</span>
  if (!mayAccept || windowEnds <= Date.now()) return null
  return (
    <Button size="s" busy={accept.isPending} onClick={() => accept.mutate()}>
      {t('sheet.accept')}
    </Button>
  )
}
