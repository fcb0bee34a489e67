import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useFollowOrganization } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { useTitle } from '../../ui/use-title.ts'
import { ProjectHeader } from './ProjectHeader.tsx'
import { useProject } from './queries.ts'
import { SlotWork } from './SlotWork.tsx'
import './projects.css'

const tabs = ['overview', 'tasks', 'results', 'exports', 'settings'] as const

/** Around every page of a project: its name, state and acts, and the tabs. */
export function ProjectLayout() {
  const { t } = useTranslation('projects')
  const project = useProject()
  useFollowOrganization(project.organizationId)
  const { pathname } = useLocation()
  const tab = tabs.find((each) => pathname.endsWith(`/${each}`)) ?? 'overview'
  useTitle(t('tabs.titled', { tab: t(`tabs.${tab}`), project: project.name }))
  return (
    <>
      <ProjectHeader project={project} />
      {project.slotWork && <SlotWork work={project.slotWork} />}
      <nav className="tabs" aria-label={t('tabs.label')}>
        {tabs.map((each) => (
          <Link key={each} to={`/projects/$projectId/${each}`} params={{ projectId: project.id }}>
            {t(`tabs.${each}`)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  )
}
