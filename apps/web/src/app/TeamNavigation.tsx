import { useQuery } from '@tanstack/react-query'
import { Link, linkOptions, useNavigate } from '@tanstack/react-router'
import { Check, ChevronsUpDown } from 'lucide-react'
import { projectsQuery } from '../api/queries.ts'
import { useHasRole, useOrganization } from '../api/session.ts'
import { useTranslation } from '../i18n/react.ts'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import type { Destination } from './navigation.ts'
import { NavigationLinks } from './Shell.tsx'

/** The team's part of the sidebar: its organization, its pages, its projects with how far they are. */
export function TeamNavigation({ items }: { items: Destination[] }) {
  const { t } = useTranslation()
  const { current } = useOrganization()
  const { data } = useQuery(projectsQuery(current?.organization.id))
  const maySetUp = useHasRole('manager')
  const projects = data?.items.filter((project) => project.state !== 'finished') ?? []
  return (
    <>
      <OrganizationSwitch />
      <nav aria-label={t('nav.team')}>
        <NavigationLinks items={items} />
      </nav>
      {projects.length > 0 && (
        <>
          <h2 id="side-projects">{t('nav.projects')}</h2>
          <nav aria-labelledby="side-projects" className="projects">
            {projects.slice(0, 12).map((project) => (
              <Link
                key={project.id}
                {...(maySetUp && project.state === 'draft'
                  ? linkOptions({ to: '/projects/new', search: { project: project.id } })
                  : linkOptions({
                      to: '/projects/$projectId',
                      params: { projectId: project.id },
                      activeOptions: { exact: false },
                    }))}
              >
                <span className="t">{project.name}</span>{' '}
                <span className="n">
                  {project.state === 'draft'
                    ? t('nav.draft')
                    : t('nav.percent', {
                        value: Math.floor((100 * project.tasksDone) / Math.max(1, project.tasks)),
                      })}
                </span>
              </Link>
            ))}
          </nav>
        </>
      )}
    </>
  )
}

function OrganizationSwitch() {
  const { t } = useTranslation()
  const { current, all, choose } = useOrganization()
  const navigate = useNavigate()
  if (!current) return null
  if (all.length === 1) return <h2>{current.organization.name}</h2>
  return (
    <Menu
      trigger={
        <button type="button" className="organization" aria-label={t('nav.organizations')}>
          <span className="t">{current.organization.name}</span>
          <ChevronsUpDown className="icon" />
        </button>
      }
    >
      {all.map(({ organization, role }) => (
        <MenuItem
          key={organization.id}
          onSelect={() => {
            choose(organization.id)
            void navigate({ to: '/projects' })
          }}
        >
          {organization.name}
          <span className="end">
            {organization.id === current.organization.id ? <Check className="icon" /> : t(`roles.${role}`)}
          </span>
        </MenuItem>
      ))}
    </Menu>
  )
}
