import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { useProject } from './queries.ts'
import { Danger } from './settings/Danger.tsx'
import { FormSettings } from './settings/FormSettings.tsx'
import { GeneralSettings } from './settings/GeneralSettings.tsx'
import { GuidelineSettings } from './settings/GuidelineSettings.tsx'
import { ImportSettings } from './settings/ImportSettings.tsx'
import { LedgerSettings } from './settings/LedgerSettings.tsx'
import { ReadOnlySettings } from './settings/ReadOnlySettings.tsx'
import { TermsSettings } from './settings/TermsSettings.tsx'
import './settings/settings.css'

/** Everything about a project that can be changed, part by part, and its books. */
export function SettingsPage() {
  const { t } = useTranslation('projects')
  const project = useProject()
  const mayManage = useHasRole('manager', project.organizationId)
  const open = project.state !== 'finished'
  const editable = mayManage && open
  return (
    <div className="settings">
      {!mayManage && <p className="muted">{t('settings.readOnly')}</p>}
      {mayManage && !open && <p className="muted">{t('settings.isFinished')}</p>}
      {/* The parts start from what is saved; another project starts them anew. */}
      {editable ? (
        <>
          <GeneralSettings key={`general ${project.id}`} project={project} />
          <TermsSettings key={`terms ${project.id}`} project={project} />
        </>
      ) : (
        <ReadOnlySettings project={project} />
      )}
      <FormSettings project={project} editable={editable} />
      <GuidelineSettings key={`guideline ${project.id}`} project={project} editable={editable} />
      {editable && <ImportSettings key={`import ${project.id}`} project={project} />}
      <LedgerSettings project={project} />
      {editable && <Danger project={project} />}
    </div>
  )
}
