import { useState } from 'react'
import { auth } from '../../../api/auth.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { AskPassword } from './AskPassword.tsx'
import { BackupCodes } from './BackupCodes.tsx'
import { ScanCode } from './ScanCode.tsx'

/** Password, scan and first code, backup codes: the second factor is on after the first code that is right. */
export function SetUpTwoFactorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account')
  const [secrets, setSecrets] = useState<{ totpURI: string; backupCodes: string[] }>()
  const [proved, setProved] = useState(false)
  return (
    <Dialog open onClose={onClose} title={t('twoFactor.setUp')}>
      {!secrets && (
        <AskPassword
          why={t('twoFactor.why')}
          act={t('twoFactor.next')}
          send={auth.enableTwoFactor}
          onDone={setSecrets}
        />
      )}
      {secrets && !proved && <ScanCode uri={secrets.totpURI} onDone={() => setProved(true)} />}
      {secrets && proved && <BackupCodes codes={secrets.backupCodes} onDone={onClose} />}
    </Dialog>
  )
}
