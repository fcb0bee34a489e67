import type { Project } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useTranslation } from '../../../i18n/react.ts'
import { formatNumber } from '../../../ui/format.ts'
import { type WizardStep, wizardSteps } from './wizard-steps.ts'

/** Where one is; every step of a draft can be gone back to, and ahead. */
export function Steps({ current, project }: { current: WizardStep; project?: Project }) {
  const { t } = useTranslation('projects')
  const now = wizardSteps.indexOf(current)
  const tasks = project?.progress.tasks ?? 0
  const label = (step: WizardStep) =>
    step === 'data' && tasks > 0
      ? t('wizard.steps.dataWith', { count: tasks, number: formatNumber(tasks) })
      : t(`wizard.steps.${step}`)
  return (
    <nav aria-label={t('wizard.stepsLabel')}>
      <ol className="wizard-steps">
        {wizardSteps.map((step, index) => {
          const done = project && (step === 'data' ? tasks > 0 : index < now)
          return (
            <li
              key={step}
              className={done && step !== current ? 'done' : undefined}
              aria-current={step === current ? 'step' : undefined}
            >
              {done && step !== current && <Check className="icon" />}
              {project && step !== current ? (
                <Link to="/projects/new" search={{ project: project.id, step }}>
                  {label(step)}
                </Link>
              ) : (
                label(step)
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
