import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMe } from '../../../api/session.ts'
import { workQuery } from '../../../api/work.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Empty } from '../../../ui/bits.tsx'
import { useTitle } from '../../../ui/use-title.ts'
import { RecentList } from './RecentList.tsx'

/** Everything that the trainer has judged, of all projects or one of them. */
export function RecentWorkPage() {
  const { t } = useTranslation('desk')
  const { trainer } = useMe()
  const { project } = useSearch({ from: '/shell/recent-work' })
  useTitle(t('recent.title'))
  return (
    <>
      <div className="page-head">
        <h1>{t('recent.title')}</h1>
        {trainer && <ProjectChoice chosen={project} />}
      </div>
      {trainer ? (
        <>
          <p className="muted recent-intro">{t('recent.introAll')}</p>
          <RecentList projectId={project} />
        </>
      ) : (
        <Empty title={t('recent.empty')} />
      )}
    </>
  )
}

/** Projects in which the trainer has judged something; where there is only one there is nothing to choose. */
function ProjectChoice({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation('desk')
  const navigate = useNavigate()
  const { data } = useQuery(workQuery)
  const projects = data?.projects.filter(({ id, doneByYou }) => doneByYou > 0 || id === chosen) ?? []
  if (projects.length < 2 && chosen === undefined) return null
  return (
    <div className="end">
      <select
        className="input"
        aria-label={t('recent.project')}
        value={chosen ?? ''}
        onChange={(event) =>
          void navigate({ to: '/recent-work', search: { project: event.target.value || undefined } })
        }
      >
        <option value="">{t('recent.allProjects')}</option>
        {projects.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
