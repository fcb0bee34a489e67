import type { Webhook } from '@groundwork/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { ConfirmDialog, Dialog } from '../../../ui/Dialog.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { webhooksQuery } from './queries.ts'
import { SecretOnce } from './SecretOnce.tsx'

type ActProps = { webhook: Webhook; onClose: () => void }

/** A new secret, after a word of what that means; then the secret, once. */
export function RotateSecret({ webhook, onClose }: ActProps) {
  const { t } = useTranslation('webhooks')
  const queries = useQueryClient()
  const [made, setMade] = useState<{ webhook: Webhook; secret: string }>()
  const rotate = useMutation({
    mutationFn: () => client.rotateWebhookSecret({ params: { id: webhook.id } }),
    onSuccess: async (answer) => {
      setMade(answer)
      await queries.invalidateQueries({ queryKey: webhooksQuery(webhook.organizationId).queryKey })
    },
  })
  if (made)
    return (
      <Dialog open onClose={onClose} title={t('secret.title')}>
        <SecretOnce made={made} onDone={onClose} />
      </Dialog>
    )
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('rotateTitle')}
      act={t('rotateAct')}
      busy={rotate.isPending}
      onConfirm={() => rotate.mutate()}
    >
      <p>{t('rotateBody')}</p>
      <Problem>{rotate.error && errorText(rotate.error)}</Problem>
    </ConfirmDialog>
  )
}

export function DeleteEndpoint({ webhook, onClose }: ActProps) {
  const { t } = useTranslation('webhooks')
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => client.deleteWebhook({ params: { id: webhook.id } }),
    onSuccess: async () => {
      showToast({ text: t('deleted') })
      onClose()
      await queries.invalidateQueries({ queryKey: webhooksQuery(webhook.organizationId).queryKey })
    },
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('deleteTitle')}
      act={t('deleteAct')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p>{t('deleteBody', { url: webhook.url })}</p>
      <Problem>{remove.error && errorText(remove.error)}</Problem>
    </ConfirmDialog>
  )
}
