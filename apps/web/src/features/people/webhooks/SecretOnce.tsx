import type { Webhook } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { CopyText } from '../../../ui/CopyText.tsx'
import { formatDateTime } from '../../../ui/format.ts'

/** A secret that is in this one answer and nowhere else. */
export function SecretOnce({
  made: { webhook, secret },
  onDone,
}: {
  made: { webhook: Webhook; secret: string }
  onDone: () => void
}) {
  const { t } = useTranslation('webhooks')
  const until = webhook.previousSecretUntil
  return (
    <>
      <p role="status">{t('secret.body')}</p>
      <CopyText label={t('secret.label')} text={secret}>
        {until && t('secret.both', { date: formatDateTime(until) })}
      </CopyText>
      <div>
        <Button look="primary" onClick={onDone}>
          {t('secret.done')}
        </Button>
      </div>
    </>
  )
}
