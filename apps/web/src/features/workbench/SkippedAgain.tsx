import { useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'

/** How many tasks were skipped where nothing else is left, and the way to have them again. */
export function SkippedAgain({ tasks, onTakeUp }: { tasks: number; onTakeUp: () => Promise<void> }) {
  const { t } = useTranslation('notices')
  const [busy, setBusy] = useState(false)
  const takeUp = async () => {
    setBusy(true)
    await onTakeUp()
    setBusy(false)
  }
  return (
    <p className="acts">
      <span>{t('skipped.count', { count: tasks })}</span>
      <Button busy={busy} onClick={() => void takeUp()}>
        {t('skipped.again')}
      </Button>
    </p>
  )
}
