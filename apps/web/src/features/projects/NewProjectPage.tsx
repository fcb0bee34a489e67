import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useFollowOrganization, useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty, Time } from '../../ui/bits.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { projectQuery } from './queries.ts'
import { AudienceStep } from './wizard/AudienceStep.tsx'
import { DataStep } from './wizard/DataStep.tsx'
import { GuidelineStep } from './wizard/GuidelineStep.tsx'
import { LaunchStep } from './wizard/LaunchStep.tsx'
import { Steps } from './wizard/Steps.tsx'
import { TemplateStep } from './wizard/TemplateStep.tsx'
import type { WizardStep } from './wizard/wizard-steps.ts'
import './projects.css'
import './wizard/wizard.css'

/** From a file to a live project. The draft is made after the first step, so a reload goes on where it was. */
export function NewProjectPage() {
  const { t } = useTranslation('projects')
  const { project, step, template } = useSearch({ from: '/shell/projects/new' })
  const mayCreate = useHasRole('manager')
  useTitle(t('wizard.titled', { step: t(`wizard.steps.${step ?? (project ? 'data' : 'template')}`) }))
  useFocusOnStep(`${project} ${step}`)
  if (project) return <Draft key={project} id={project} step={step} />
  if (!mayCreate) return <NotAllowed />
  return (
    <>
      <div className="page-head">
        <h1>{t('wizard.title')}</h1>
      </div>
      <Steps current="template" />
      <TemplateStep wanted={template} />
    </>
  )
}

/** Going from one step to the next takes the focus along; the first step shown leaves it where it is. */
function useFocusOnStep(shown: string) {
  const before = useRef(shown)
  useEffect(() => {
    if (before.current === shown) return
    before.current = shown
    document.getElementById(STEP)?.focus()
  }, [shown])
}

const STEP = 'wizard-step'

function Draft({ id, step = 'data' }: { id: string; step?: WizardStep | undefined }) {
  const { t } = useTranslation('projects')
  const { data: project, dataUpdatedAt } = useSuspenseQuery(projectQuery(id))
  const mayManage = useHasRole('manager', project.organizationId)
  useFollowOrganization(project.organizationId)
  if (project.state !== 'draft') {
    return <Navigate to="/projects/$projectId/overview" params={{ projectId: id }} replace />
  }
  if (!mayManage) return <NotAllowed />
  return (
    <>
      <div className="page-head">
        <h1>{project.name}</h1>
        <span className="muted small">
          {t('wizard.draftSaved')} <Time at={new Date(dataUpdatedAt).toISOString()} />
        </span>
      </div>
      <Steps current={step} project={project} />
      <div id={STEP} className="wizard-step" tabIndex={-1}>
        {step === 'template' && <TemplateStep project={project} />}
        {step === 'data' && <DataStep project={project} />}
        {step === 'guideline' && <GuidelineStep project={project} />}
        {step === 'audience' && <AudienceStep project={project} />}
        {step === 'launch' && <LaunchStep project={project} />}
      </div>
    </>
  )
}

function NotAllowed() {
  const { t } = useTranslation('projects')
  return (
    <Empty level={1} title={t('wizard.notAllowed')}>
      {t('wizard.notAllowedHint')}
    </Empty>
  )
}
