import type { ExportPreview as Preview } from '@groundwork/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Pending } from '../../ui/bits.tsx'
import { formatBytes, formatNumber } from '../../ui/format.ts'
import { DroppedTable } from './DroppedTable.tsx'

/** What the export would hold as it is set now: rows and images, what is left out and why, and the first rows. */
export function ExportPreview({ preview }: { preview: UseQueryResult<Preview> }) {
  const { t } = useTranslation('exports')
  const { data, error, isFetching } = preview
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
          <Images preview={data} />
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

/** How many images rows name, and how large they are. */
function Images({ preview: { media, estimate } }: { preview: Preview }) {
  const { t } = useTranslation('exports')
  if (!media || media.images === 0) return null
  const key = media.as === 'references' ? 'imagesStay' : estimate ? 'aboutWithImages' : 'withImages'
  return (
    <p className="num">
      {t(key, { count: media.images, number: formatNumber(media.images), size: formatBytes(media.bytes) })}
    </p>
  )
}
