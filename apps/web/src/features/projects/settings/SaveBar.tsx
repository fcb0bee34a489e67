import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'

/** Appears when something was changed: save, or put it back. Leaving the page asks first. */
export function SaveBar({
  changed,
  valid,
  busy,
  error,
  onRevert,
}: {
  changed: boolean
  valid: boolean
  busy: boolean
  /** What is not about a single field. */
  error: unknown
  onRevert: () => void
}) {
  const { t } = useTranslation('projects')
  return (
    <>
      {error != null && (
        <p className="form-error" role="alert">
          {errorText(error)}
        </p>
      )}
      <LeaveGuard changed={changed} />
      {changed && (
        <div className="save-bar">
          <Button type="submit" look="primary" disabled={!valid} busy={busy}>
            {t('settings.save')}
          </Button>
          <Button onClick={onRevert}>{t('settings.revert')}</Button>
        </div>
      )}
    </>
  )
}
