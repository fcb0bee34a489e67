import type { Project } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../../i18n/react.ts'
import { Part } from '../../../ui/Part.tsx'

/** What a task of the project asks, and the way to change it. */
export function FormSettings({ project, editable }: { project: Project; editable: boolean }) {
  const { t } = useTranslation('projects')
  const { questions } = project.form
  return (
    <Part title={t('settings.form')} about={t('settings.formHint')}>
      <p className="muted">{t('settings.formCount', { count: questions.length })}</p>
      <ol>
        {questions.map((question) => (
          <li key={question.id}>{question.label}</li>
        ))}
      </ol>
      {editable && (
        <div>
          <Link className="btn" to="/projects/$projectId/form" params={{ projectId: project.id }}>
            {t('settings.formEdit')}
          </Link>
        </div>
      )}
    </Part>
  )
}
