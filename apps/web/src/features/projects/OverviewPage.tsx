import { Link } from '@tanstack/react-router'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { BurnUp } from './overview/BurnUp.tsx'
import { Flags } from './overview/Flags.tsx'
import { People } from './overview/People.tsx'
import { ProjectFacts } from './overview/ProjectFacts.tsx'
import { QuestionedJudgments } from './overview/QuestionedJudgments.tsx'
import { Waiting } from './overview/Waiting.tsx'
import { useProject } from './queries.ts'
import { statusSentence } from './status.ts'
import './overview/overview.css'

/** Where a project stands: a sentence, the figures, the course of the work, who does it. */
export function OverviewPage() {
  const { t } = useTranslation(['projects', 'common'])
  const project = useProject()
  const { state, progress } = project
  const mayImport = useHasRole('manager', project.organizationId) && state !== 'finished'
  return (
    <>
      <p className="lede num">{statusSentence(project, t)}</p>
      {progress.tasks === 0 && state !== 'draft' && mayImport && (
        <p className="overview-next">
          <Link to="/projects/$projectId/settings" params={{ projectId: project.id }} hash="import">
            {t('overview.importFirst')}
          </Link>
        </p>
      )}
      {state !== 'draft' && (
        <>
          <ProjectFacts project={project} />
          <div className="overview-split">
            <BurnUp project={project} />
            <Waiting project={project} />
          </div>
          <People project={project} />
          <QuestionedJudgments project={project} />
          <Flags project={project} />
        </>
      )}
    </>
  )
}
