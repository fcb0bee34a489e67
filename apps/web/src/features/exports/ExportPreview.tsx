import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Pending } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'
import { DroppedTable } from './DroppedTable.tsx'
import type { ExportDraft } from './export-draft.ts'
import { previewQuery } from './exports-queries.ts'

const PAUSE_MS = 350

/** What the export would hold as it is set now: rows, what is left out and why, and the first rows. */
export function ExportPreview({
  projectId,
  draft,
  able,
}: {
  projectId: string
  draft: ExportDraft
  able: boolean
}) {
  const { t } = useTranslation('exports')
  const settled = useSettled(draft)
  const { data, error, isFetching } = useQuery({ ...previewQuery(projectId, settled), enabled: able })
  return (
    <section className="export-preview" aria-labelledby="export-preview">
      <h3 id="export-preview">{t('preview')}</h3>
      {error && (
        <p className="form-error" role="alert">
          {errorText(error)}
        </p>
      )}
      {!data && !error && <Pending />}
      {data && !error && (
        <div className={isFetching ? 'stale' : undefined}>
          <p className="sum num" role="status">
            {t(data.estimate ? 'aboutRows' : 'rows', { count: data.rows, number: formatNumber(data.rows) })}
          </p>
          <p className="hint num">
            {t(data.estimate ? 'fromFirst' : 'fromAll', {
              count: data.tasks.all,
              seen: formatNumber(data.tasks.seen),
              number: formatNumber(data.tasks.all),
            })}
          </p>
          {Object.keys(data.dropped).length > 0 && (
            <DroppedTable dropped={data.dropped} caption={t('droppedPreview')} />
          )}
          {data.sample.length > 0 && (
            <>
              <h4>{t('sample')}</h4>
              <ol className="export-sample">
                {data.sample.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sample have nothing else and do not move.
                  <li key={index}>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long row scrolls, and the keyboard must reach it. */}
                    <pre tabIndex={0}>{JSON.stringify(row, null, 1)}</pre>
                  </li>
                ))}
              </ol>
            </>
          )}
        </div>
      )}
    </section>
  )
}

/** The draft once nobody has changed it for a moment. */
function useSettled(draft: ExportDraft): ExportDraft {
  const [settled, setSettled] = useState(draft)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft])
  return useDeferredValue(settled)
}
