import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery, useMe } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Part } from '../../../ui/Part.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { DisableTwoFactorDialog } from './DisableTwoFactorDialog.tsx'
import { NewBackupCodesDialog } from './NewBackupCodesDialog.tsx'
import { SetUpTwoFactorDialog } from './SetUpTwoFactorDialog.tsx'

/** The second factor: a code of an app besides the password. */
export function TwoFactorPart() {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const on = useMe().user.twoFactorEnabled
  const [open, setOpen] = useState<'setUp' | 'codes' | 'disable' | null>(null)
  const close = () => setOpen(null)
  const refresh = () => queries.invalidateQueries({ queryKey: meQuery.queryKey })
  return (
    <Part title={t('twoFactor.title')} about={t('twoFactor.about')}>
      <p role="status">
        <span className={on ? 'state good' : 'state'}>{t(on ? 'twoFactor.on' : 'twoFactor.off')}</span>
      </p>
      <div className="account-acts">
        {on ? (
          <>
            <Button onClick={() => setOpen('codes')}>{t('twoFactor.newCodes')}</Button>
            <Button onClick={() => setOpen('disable')}>{t('twoFactor.disable')}</Button>
          </>
        ) : (
          <Button onClick={() => setOpen('setUp')}>{t('twoFactor.setUp')}</Button>
        )}
      </div>
      {open === 'setUp' && (
        <SetUpTwoFactorDialog
          onClose={() => {
            close()
            void refresh()
          }}
        />
      )}
      {open === 'codes' && <NewBackupCodesDialog onClose={close} />}
      {open === 'disable' && (
        <DisableTwoFactorDialog
          onClose={close}
          onDone={async () => {
            await refresh()
            showToast({ text: t('twoFactor.disabled') })
            close()
          }}
        />
      )}
    </Part>
  )
}
