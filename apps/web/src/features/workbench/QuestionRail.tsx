import { useTranslation } from 'react-i18next'
import { Markdown } from '../../ui/markdown/Markdown.tsx'
import type { Missing } from './missing.ts'
import { QuestionView } from './questions/registry.tsx'
import { SaveStateText } from './SaveStateText.tsx'
import type { OpenTask } from './workbench-state.ts'

/** The questions of a task, and what the form notes beside them. */
export function QuestionRail({
  task,
  missing,
  onChange,
}: {
  task: OpenTask
  missing: Missing[]
  onChange: (questionId: string, value: unknown) => void
}) {
  const { t } = useTranslation('workbench')
  const { form, task: shownTask } = task.assignment
  const candidates = shownTask.candidates.map((candidate) => candidate.id)
  const firstPreference = form.questions.find((question) => question.type === 'preference')
  const lastText = form.questions.findLast((question) => question.type === 'text')
  const notes = form.blocks.filter((block) => block.type === 'note')
  const done = form.questions.filter(
    (question) =>
      task.answer[question.id] !== undefined && missing.every((each) => each.question.id !== question.id),
  ).length
  return (
    <form className="rail" aria-label={t('questions')} onSubmit={(event) => event.preventDefault()}>
      <div className="rail-head">
        <span>{t('questions')}</span>
        <span className="num">{t('answered', { done, count: form.questions.length })}</span>
      </div>
      {form.questions.map((question) => (
        <QuestionView
          key={question.id}
          question={question}
          value={task.answer[question.id]}
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
      {notes.length > 0 && (
        <aside className="rule">
          {notes.map((note) => (
            <Markdown key={note.markdown} text={note.markdown} />
          ))}
        </aside>
      )}
    </form>
  )
}
