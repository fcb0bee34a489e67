import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/bits.tsx'
import { formatBytes, formatNumber } from '../../../ui/format.ts'
import type { Upload } from './use-import.ts'

/** Too early for a time left. */
const GUESS_AFTER_MS = 2_000

/** Bytes sent and tasks stored so far. */
export function UploadProgress({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const { t } = useTranslation('projects')
  const { sent, total, tasks, startedAt } = upload
  const passed = Date.now() - startedAt
  const leftMs = sent > 0 && sent < total && passed > GUESS_AFTER_MS ? (passed / sent) * (total - sent) : null
  return (
    <div className="import">
      <Progress
        label={t('import.sending')}
        share={total === 0 ? 1 : sent / total}
        count={
          sent < total
            ? t('import.sent', {
                sent: formatBytes(sent),
                total: formatBytes(total),
                count: tasks,
                number: formatNumber(tasks),
              })
            : t('import.storing', { count: tasks, number: formatNumber(tasks) })
        }
        leftMs={leftMs}
      />
      <div className="import-foot">
        <Button onClick={onCancel}>{t('import.cancel')}</Button>
        <span className="hint">{t('import.cancelHint')}</span>
      </div>
    </div>
  )
}
