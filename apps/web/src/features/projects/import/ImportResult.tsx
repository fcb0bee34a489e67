import type { Imported } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { RejectedRows } from './RejectedRows.tsx'

export function ImportResult({ result, onMore }: { result: Imported; onMore: () => void }) {
  const { t } = useTranslation('projects')
  const { set, unusable } = result.knownAnswers
  return (
    <div className="import-result">
      <div role="status">
        <p className="strong num">
          {t('import.created', { count: result.created, number: formatNumber(result.created) })}
        </p>
        {result.duplicates > 0 && (
          <p className="muted num">
            {t('import.duplicates', { count: result.duplicates, number: formatNumber(result.duplicates) })}
          </p>
        )}
        {set > 0 && (
          <p className="muted num">{t('import.known', { count: set, number: formatNumber(set) })}</p>
        )}
        {unusable > 0 && (
          <p className="muted num">
            {t('import.withoutKnown', { count: unusable, number: formatNumber(unusable) })}
          </p>
        )}
      </div>
      <RejectedRows rows={result.rejected} count={result.rejectedCount} importId={result.id} />
      <div>
        <Button onClick={onMore}>{t('import.more')}</Button>
      </div>
    </div>
  )
}
