import { useState } from 'react'
import { auth } from '../../../api/auth.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { AskPassword } from './AskPassword.tsx'
import { BackupCodes } from './BackupCodes.tsx'

export function NewBackupCodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account')
  const [codes, setCodes] = useState<string[]>()
  return (
    <Dialog open onClose={onClose} title={t('twoFactor.newCodes')}>
      {codes ? (
        <BackupCodes codes={codes} onDone={onClose} />
      ) : (
        <AskPassword
          why={t('twoFactor.newCodesWhy')}
          act={t('twoFactor.newCodesAct')}
          send={auth.newBackupCodes}
          onDone={({ backupCodes }) => setCodes(backupCodes)}
        />
      )}
    </Dialog>
  )
}
