import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty, Pending } from '../../ui/bits.tsx'
import { ExportForm } from './ExportForm.tsx'
import { ExportItem } from './ExportItem.tsx'
import { exportsQuery } from './exports-queries.ts'
import './exports.css'

/** Make files out of a project's judgments, and take them along. */
export function ExportsPage() {
  const { t } = useTranslation('exports')
  const { projectId } = useParams({ from: '/shell/projects/$projectId' })
  const { data, error } = useQuery(exportsQuery(projectId))
  const mayExport = useHasRole('manager')
  const [making, setMaking] = useState(false)
  const jobs = data?.items.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt)) ?? []
  // Somebody who has none yet came to make one.
  const shown = mayExport && (making || (data !== undefined && jobs.length === 0))
  return (
    <div className="exports">
      {shown && <ExportForm key={projectId} projectId={projectId} onMade={() => setMaking(false)} />}
      {(!shown || jobs.length > 0) && (
        <section aria-labelledby="exports-made">
          <div className="section-head">
            <h2 id="exports-made">{t('made')}</h2>
            {mayExport && !shown && (
              <div className="end">
                <Button look="primary" onClick={() => setMaking(true)}>
                  {t('new')}
                </Button>
              </div>
            )}
          </div>
          {error && (
            <p className="form-error" role="alert">
              {errorText(error)}
            </p>
          )}
          {!data && !error && <Pending />}
          {data && jobs.length === 0 && <Empty title={t('none')}>{t('noneViewer')}</Empty>}
          <ul className="list export-list">
            {jobs.map((job, index) => (
              <ExportItem key={job.id} job={job} open={index === 0} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
