import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProjectHeader } from './ProjectHeader.tsx'
import { useProject } from './queries.ts'
import './projects.css'

/** Around every page of a project: its name, state and acts, and the tabs. */
export function ProjectLayout() {
  const { t } = useTranslation('projects')
  const project = useProject()
  const params = { projectId: project.id }
  return (
    <>
      <ProjectHeader project={project} />
      <nav className="tabs" aria-label={t('tabs.label')}>
        <Link to="/projects/$projectId/overview" params={params}>
          {t('tabs.overview')}
        </Link>
        <Link to="/projects/$projectId/tasks" params={params}>
          {t('tabs.tasks')}
        </Link>
        <Link to="/projects/$projectId/results" params={params}>
          {t('tabs.results')}
        </Link>
        <Link to="/projects/$projectId/exports" params={params}>
          {t('tabs.exports')}
        </Link>
        <Link to="/projects/$projectId/settings" params={params}>
          {t('tabs.settings')}
        </Link>
      </nav>
      <Outlet />
    </>
  )
}
