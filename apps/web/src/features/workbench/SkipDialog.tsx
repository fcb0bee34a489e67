import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'

/** Asked only when something has been answered already. */
export function SkipDialog({ onClose, onSkip }: { onClose: () => void; onSkip: (reason: string) => void }) {
  const { t } = useTranslation(['notices', 'workbench', 'common'])
  const [reason, setReason] = useState('')
  const form = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSkip(reason.trim())
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('skip.title')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button look="primary" type="submit" form={form}>
            {t('workbench:skip.act')}
          </Button>
        </>
      }
    >
      <p>{t('skip.body')}</p>
      <form id={form} onSubmit={submit}>
        <TextField
          label={t('skip.reason')}
          hint={t('skip.reasonHint')}
          optional
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
