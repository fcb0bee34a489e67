import type { ExportJob } from '@groundwork/contract'
import { Download } from 'lucide-react'
import { useTranslation } from '../../i18n/react.ts'
import { Progress, Time } from '../../ui/bits.tsx'
import { formatBytes, formatDateTime, formatNumber } from '../../ui/format.ts'
import { Delivery } from './Delivery.tsx'
import { DroppedTable, unitOf } from './DroppedTable.tsx'
import { FilesTable } from './FilesTable.tsx'

/** One export: how far it is, what is in it, what was left out and why. */
export function ExportItem({ job, open }: { job: ExportJob; open: boolean }) {
  const { t } = useTranslation('exports')
  const name = t(`formats.${job.format}`)
  const at = formatDateTime(job.createdAt)
  const entries = Object.entries(job.dropped ?? {})
  // Each unit by itself: pairs of a task are no tasks.
  const dropped = (['tasks', 'pairs', 'rows'] as const).flatMap((unit) => {
    const count = entries.reduce((sum, [reason, n]) => (unitOf(reason) === unit ? sum + n : sum), 0)
    return count === 0 ? [] : [t(`units.${unit}`, { count, number: formatNumber(count) })]
  })
  return (
    <li>
      <div className="export-head">
        <h3>{name}</h3>
        <span className="faint">{t(`containers.${job.as as 'jsonl'}`)}</span>
        <span className={looks[job.status]} role="status">
          {t(`status.${job.status}`)}
        </span>
        <span className="end faint">
          <Time at={job.createdAt} />
        </span>
      </div>
      {(job.status === 'queued' || job.status === 'running') && (
        <Progress
          share={job.progress}
          label={t('progress')}
          {...(job.rows !== null && {
            count: t('rows', { count: job.rows, number: formatNumber(job.rows) }),
          })}
        />
      )}
      {job.status === 'failed' && job.rows === 0 && entries.length > 0 ? (
        <>
          <p className="form-error">{t('noRows')}</p>
          <DroppedTable dropped={job.dropped ?? {}} caption={t('droppedOf', { name, at })} />
        </>
      ) : (
        job.status === 'failed' && <p className="form-error">{job.error ?? t('failed')}</p>
      )}
      <Delivery job={job} />
      {job.status === 'done' && (
        <details open={open}>
          <summary className="num">
            {t('rows', { count: job.rows ?? 0, number: formatNumber(job.rows ?? 0) })}
            {dropped.length > 0 && t('leftOut', { what: dropped.join(', ') })}
          </summary>
          <div className="export-tables">
            <div>
              <FilesTable files={job.files} caption={t('filesOf', { name, at })} />
              <Archive job={job} />
            </div>
            {dropped.length > 0 && (
              <DroppedTable dropped={job.dropped ?? {}} caption={t('droppedOf', { name, at })} />
            )}
          </div>
        </details>
      )}
    </li>
  )
}

/** All files at once, with the images that are not listed one by one. */
function Archive({ job: { id, images } }: { job: ExportJob }) {
  const { t } = useTranslation('exports')
  return (
    <p className="export-archive">
      <a className="export-file" href={`/api/v1/exports/${id}/archive`} download>
        <Download className="icon" />
        {t('archive')}
      </a>
      {images.files > 0 && (
        <span className="faint num">
          {t('withImages', {
            count: images.files,
            number: formatNumber(images.files),
            size: formatBytes(images.bytes),
          })}
        </span>
      )}
    </p>
  )
}

const looks: Record<ExportJob['status'], string> = {
  queued: 'state waiting',
  running: 'state waiting',
  done: 'state good',
  failed: 'state bad',
}
