import type { ExportJob } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { queryClient } from '../../api/query-client.ts'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { exportsQuery } from './exports-queries.ts'

/** How the files came to where they were sent. */
export function Delivery({ job }: { job: ExportJob }) {
  const { t } = useTranslation('exports')
  const mayExport = useHasRole('manager')
  const again = useMutation({
    mutationFn: () => client.deliverExport({ params: { id: job.id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exportsQuery(job.projectId).queryKey }),
  })
  if (!job.delivery || job.status !== 'done') return null
  const { destination, state, url, error } = job.delivery
  return (
    <div className="export-delivery">
      <p className={state === 'failed' ? 'form-error' : 'hint'} role="status">
        {t(`delivery.${state}`, { destination })}{' '}
        {url &&
          (url.startsWith('http') ? (
            <a href={url} target="_blank" rel="noreferrer">
              {url}
            </a>
          ) : (
            <code>{url}</code>
          ))}
        {error}
      </p>
      {state === 'failed' && mayExport && (
        <Button size="s" busy={again.isPending} onClick={() => again.mutate()}>
          {t('sendAgain')}
        </Button>
      )}
      {again.error && (
        <p className="form-error" role="alert">
          {errorText(again.error)}
        </p>
      )}
    </div>
  )
}
