import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../../i18n/react.ts'
import type { WizardStep } from './wizard-steps.ts'

export function BackLink({ project, step }: { project: string; step: WizardStep }) {
  const { t } = useTranslation('projects')
  return (
    <Link to="/projects/new" search={{ project, step }} className="btn">
      {t('wizard.back')}
    </Link>
  )
}
