import type { FlagReason } from '@groundwork/contract'
import { useId, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextareaField } from '../../ui/Field.tsx'

const reasons: FlagReason[] = ['broken_task', 'unsafe', 'wrong_language', 'private_data', 'other']

export function FlagDialog({
  onClose,
  onFlag,
}: {
  onClose: () => void
  onFlag: (reason: FlagReason, comment: string) => void
}) {
  const { t } = useTranslation(['notices', 'common'])
  const [reason, setReason] = useState<FlagReason>('broken_task')
  const [comment, setComment] = useState('')
  const name = useId()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('flag.title')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button look="primary" onClick={() => onFlag(reason, comment.trim())}>
            {t('flag.send')}
          </Button>
        </>
      }
    >
      <p>{t('flag.body')}</p>
      <fieldset className="form-choices">
        <legend className="label">{t('flag.reason')}</legend>
        {reasons.map((each) => (
          <label className="check" key={each}>
            <input type="radio" name={name} checked={reason === each} onChange={() => setReason(each)} />
            {t(`flag.reasons.${each}`)}
          </label>
        ))}
      </fieldset>
      <TextareaField
        label={t('flag.comment')}
        optional
        rows={3}
        maxLength={2_000}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
    </Dialog>
  )
}
