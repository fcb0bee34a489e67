import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/bits.tsx'
import { formatBytes, formatNumber } from '../../../ui/format.ts'
import type { Upload } from './send-file.ts'

/** Too early for a time left. */
const GUESS_AFTER_MS = 2_000

/** Bytes sent, then bytes read and tasks stored so far. */
export function UploadProgress({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const { t } = useTranslation('projects')
  const { phase, done, total, tasks, startedAt } = upload
  const passed = Date.now() - startedAt
  const sendingLeft =
    done > 0 && done < total && passed > GUESS_AFTER_MS ? (passed / done) * (total - done) : null
  const amounts = { read: formatBytes(done), sent: formatBytes(done), total: formatBytes(total) }
  return (
    <div className="import">
      <Progress
        label={t(phase === 'sending' ? 'import.sending' : 'import.readingLabel')}
        share={total === 0 ? 1 : done / total}
        count={
          phase === 'sending'
            ? t('import.sent', amounts)
            : done === 0
              ? t('import.waiting')
              : t('import.reading', { ...amounts, count: tasks, number: formatNumber(tasks) })
        }
        leftMs={phase === 'sending' ? sendingLeft : upload.leftMs}
      />
      <div className="import-foot">
        <Button onClick={onCancel}>{t('import.cancel')}</Button>
        <span className="hint">{t(phase === 'sending' ? 'import.cancelHint' : 'import.leave')}</span>
      </div>
    </div>
  )
}
