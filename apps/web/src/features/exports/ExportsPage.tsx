import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/error-text.ts'
import { useHasRole } from '../../api/session.ts'
import { Empty, Pending } from '../../ui/bits.tsx'
import { ExportForm } from './ExportForm.tsx'
import { ExportItem } from './ExportItem.tsx'
import { exportsQuery } from './exports-queries.ts'
import './exports.css'

/** Make a file out of a project's judgments, and take it along. */
export function ExportsPage() {
  const { t } = useTranslation('exports')
  const { projectId } = useParams({ from: '/shell/projects/$projectId' })
  const { data, error } = useQuery(exportsQuery(projectId))
  const mayExport = useHasRole('manager')
  const jobs = data?.items.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt)) ?? []
  return (
    <div className={mayExport ? 'exports with-form' : 'exports'}>
      {mayExport && <ExportForm key={projectId} projectId={projectId} />}
      <section aria-labelledby="exports-made">
        <div className="section-head">
          <h2 id="exports-made">{t('made')}</h2>
        </div>
        {error && (
          <p className="form-error" role="alert">
            {errorText(error)}
          </p>
        )}
        {!data && !error && <Pending />}
        {data && jobs.length === 0 && (
          <Empty title={t('none')}>{t(mayExport ? 'noneHint' : 'noneViewer')}</Empty>
        )}
        <ul className="list export-list">
          {jobs.map((job, index) => (
            <ExportItem key={job.id} job={job} open={index === 0} />
          ))}
        </ul>
      </section>
    </div>
  )
}
