import type { Form, Project, TaskDetail } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useHasRole } from '../../../api/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Time } from '../../../ui/bits.tsx'
import { formatClock } from '../../../ui/format.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { preferenceOf, preferenceQuestionId, reasonQuestionId } from '../outcomes.ts'
import { refreshProject } from '../queries.ts'

type Judgment = TaskDetail['judgments'][number]

/** Every judgment of a task with its reason; a reviewer can accept one before its review window ends. */
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
            <Item key={judgment.id} judgment={judgment} project={project} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Item({ judgment, project }: { judgment: Judgment; project: Project }) {
  const { t } = useTranslation('projects')
  const reason = judgment.answer[reasonQuestionId(project.form) ?? '']
  return (
    <li>
      <div className="judgment-head">
        <h4>{judgment.trainer.name}</h4>
        <span>{useAnswerText(judgment, project.form)}</span>
        <span className="end">
          <Accept judgment={judgment} project={project} />
        </span>
      </div>
      {typeof reason === 'string' && reason.trim() !== '' && (
        <p className="judgment-reason" dir="auto">
          {reason}
        </p>
      )}
      <p className="hint num">
        <Time at={judgment.submittedAt} />
        {t('sheet.meta', { time: formatClock(judgment.activeMs), version: judgment.guidelineVersion })}
        {judgment.late && t('sheet.late')}
      </p>
    </li>
  )
}

/** "A is better, clearly". */
function useAnswerText(judgment: Judgment, form: Form): string {
  const { t } = useTranslation('projects')
  const answer = preferenceOf(judgment.answer[preferenceQuestionId(form) ?? ''])
  if (!answer) return t('outcomes.unanswered')
  const strength = Math.abs(answer.strength)
  const outcome = t(`outcomes.${answer.outcome}`)
  if (strength !== 1 && strength !== 2 && strength !== 3) return outcome
  return t('outcomes.withStrength', { outcome, strength: t(`strengths.${strength}`) })
}

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
