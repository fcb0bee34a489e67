import type { Project } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../../i18n/react.ts'
import { formatNumber } from '../../../ui/format.ts'
import { ImportTasks } from '../import/ImportTasks.tsx'
import { BackLink } from './BackLink.tsx'
import { StepFoot } from './StepFoot.tsx'

export function DataStep({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { tasks } = project.progress
  return (
    <div className="wizard-form">
      <h2 className="sr">{t('wizard.steps.data')}</h2>
      <ImportTasks
        projectId={project.id}
        intro={
          tasks > 0 && (
            <p className="muted num">
              {t('wizard.hasTasks', { count: tasks, number: formatNumber(tasks) })}{' '}
              <Link to="/projects/new">{t('wizard.startAnew')}</Link>
            </p>
          )
        }
        foot={(send) => (
          <StepFoot
            back={<BackLink project={project.id} step="template" />}
            note={!send && tasks === 0 && t('wizard.dataLater')}
          >
            {send ?? (
              <Link
                to="/projects/new"
                search={{ project: project.id, step: 'guideline' }}
                className={tasks > 0 ? 'btn primary' : 'btn'}
              >
                {t('wizard.toGuideline')}
              </Link>
            )}
          </StepFoot>
        )}
      />
    </div>
  )
}
