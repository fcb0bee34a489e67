import type { ProjectSummary } from '@groundwork/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { projectsQuery } from '../../api/queries.ts'
import { useHasRole, useOrganization } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty, Table, Time } from '../../ui/bits.tsx'
import { formatNumber, formatRoundMoney } from '../../ui/format.ts'
import { useTitle } from '../../ui/use-title.ts'
import { ProjectLink } from './ProjectLink.tsx'
import { stateLook } from './status.ts'
import { useTemplateName } from './use-template-name.ts'
import './projects.css'

/** All projects of the organization. */
export function ProjectsPage() {
  const { t } = useTranslation('projects')
  const { current } = useOrganization()
  useTitle(t('list.title'))
  const mayCreate = useHasRole('manager')
  const { items } = useSuspenseQuery(projectsQuery(current?.organization.id)).data
  const projects = items.toSorted(
    (one, other) =>
      order.indexOf(one.state) - order.indexOf(other.state) || other.createdAt.localeCompare(one.createdAt),
  )
  return (
    <>
      <div className="page-head">
        <h1>{t('list.title')}</h1>
        {mayCreate && projects.length > 0 && (
          <div className="end">
            <NewProjectLink />
          </div>
        )}
      </div>
      {projects.length === 0 ? (
        <div className="projects-empty">
          {current ? (
            <Empty title={t('list.emptyTitle')} act={mayCreate && <NewProjectLink />}>
              {t(mayCreate ? 'list.empty' : 'list.emptyViewer')}
            </Empty>
          ) : (
            <Empty title={t('list.emptyTitle')} act={<NewOrganizationLink />}>
              {t('list.noOrganization')}
            </Empty>
          )}
        </div>
      ) : (
        <Table caption={t('list.title')} className="projects-table">
          <thead>
            <tr>
              <th scope="col">{t('list.project')}</th>
              <th scope="col">{t('list.state')}</th>
              <th scope="col">{t('list.progress')}</th>
              <th scope="col" className="num">
                {t('list.done')}
              </th>
              <th scope="col" className="num">
                {t('list.judgments')}
              </th>
              <th scope="col" className="num">
                {t('list.spent')}
              </th>
              <th scope="col" className="num">
                {t('list.last')}
              </th>
            </tr>
          </thead>
          <tbody>
            {projects.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </tbody>
        </Table>
      )}
    </>
  )
}

const order: ProjectSummary['state'][] = ['live', 'paused', 'draft', 'finished']

function NewProjectLink() {
  const { t } = useTranslation('projects')
  return (
    <Link to="/projects/new" className="btn primary">
      <Plus className="icon" />
      {t('list.new')}
    </Link>
  )
}

/** Whoever is in no organization yet: projects belong to one. */
function NewOrganizationLink() {
  const { t } = useTranslation('projects')
  return (
    <Link to="/organization/new" className="btn primary">
      {t('list.newOrganization')}
    </Link>
  )
}

function ProjectRow({ project }: { project: ProjectSummary }) {
  const { t } = useTranslation('projects')
  const template = useTemplateName(project.template)
  const share = project.tasks === 0 ? 0 : (100 * project.tasksDone) / project.tasks
  return (
    <tr>
      <td>
        <ProjectLink project={project} className="name" />
        <span className="sub">
          <span className="only-phone">{t('list.stateAnd', { state: t(`state.${project.state}`) })} </span>
          {template}
        </span>
      </td>
      <td>
        <span className={stateLook[project.state]}>{t(`state.${project.state}`)}</span>
      </td>
      <td className="projects-bar">
        <span className="bar" aria-hidden="true">
          <i style={{ inlineSize: `${share}%` }} />
        </span>
      </td>
      <td className="num">
        {formatNumber(project.tasksDone)}{' '}
        <span className="faint">{t('of', { value: formatNumber(project.tasks) })}</span>
      </td>
      <td className="num">{formatNumber(project.judgments)}</td>
      <td className="num">
        {formatRoundMoney(project.spent)}{' '}
        <span className="faint">{t('of', { value: formatRoundMoney(project.funded) })}</span>
      </td>
      <td className="num muted">{project.lastJudgmentAt ? <Time at={project.lastJudgmentAt} /> : '–'}</td>
    </tr>
  )
}
