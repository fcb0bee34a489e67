import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from '../../../i18n/react.ts'
import { ConfirmDialog } from '../../../ui/Dialog.tsx'

/** Asks before changes that are not saved are left behind. */
export function LeaveGuard({ changed }: { changed: boolean }) {
  const { t } = useTranslation('projects')
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: changed,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <ConfirmDialog
      open
      onClose={reset}
      title={t('settings.leaveTitle')}
      act={t('settings.leaveAct')}
      onConfirm={proceed}
    >
      <p>{t('settings.leaveText')}</p>
    </ConfirmDialog>
  )
}
