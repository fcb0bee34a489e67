import { useTranslation } from 'react-i18next'
import type { Missing } from './missing.ts'
import { isWide, QuestionView } from './questions/registry.tsx'
import { SaveStateText } from './SaveStateText.tsx'
import type { OpenTask } from './workbench-state.ts'

/** The questions of a task: the wide ones below the responses (`main`), all others beside them (`rail`). */
export function QuestionRail({
  part,
  task,
  missing,
  onChange,
}: {
  part: 'rail' | 'main'
  task: OpenTask
  missing: Missing[]
  onChange: (questionId: string, value: unknown) => void
}) {
  const { t } = useTranslation('workbench')
  const { form, task: shownTask } = task.assignment
  const candidates = shownTask.candidates.map((candidate) => candidate.id)
  const firstPreference = form.questions.find((question) => question.type === 'preference')
  const lastText = form.questions.findLast((question) => question.type === 'text')
  const here = form.questions.filter((question) => isWide(question) === (part === 'main'))
  const done = form.questions.filter(
    (question) =>
      task.answer[question.id] !== undefined && missing.every((each) => each.question.id !== question.id),
  ).length
  if (here.length === 0) return null
  return (
    <form
      className={part === 'rail' ? 'rail' : 'wide-questions'}
      aria-label={t('questions')}
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="rail-head">
        <span>{t('questions')}</span>
        <span className="num">{t('answered', { done, count: form.questions.length })}</span>
      </div>
      {here.map((question) => (
        <QuestionView
          key={question.id}
          question={question}
          value={task.answer[question.id]}
          task={shownTask}
          candidates={candidates}
          ownsKeys={question.id === firstPreference?.id}
          aside={question.id === lastText?.id && <SaveStateText save={task.save} />}
          onChange={(value) => onChange(question.id, value)}
        />
      ))}
      {!lastText && (
        <div className="q under">
          <SaveStateText save={task.save} />
        </div>
      )}
    </form>
  )
}
