import { auth } from '../../../api/auth.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { AskPassword } from './AskPassword.tsx'

export function DisableTwoFactorDialog({
  onClose,
  onDone,
}: {
  onClose: () => void
  onDone: () => Promise<void>
}) {
  const { t } = useTranslation('account')
  return (
    <Dialog open onClose={onClose} title={t('twoFactor.disable')}>
      <AskPassword
        danger
        why={t('twoFactor.disableWhy')}
        act={t('twoFactor.disable')}
        send={auth.disableTwoFactor}
        onDone={onDone}
      />
    </Dialog>
  )
}
