import type { Webhook } from '@groundwork/contract'
import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { EndpointFields, eventsOf } from './EndpointFields.tsx'
import { webhooksQuery } from './queries.ts'

export function ChangeEndpointDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('webhooks')
  const queries = useQueryClient()
  const form = useForm({
    check: (value): Record<string, string> =>
      eventsOf(value).length === 0 ? { events: t('form.eventsMissing') } : {},
    send: (value) =>
      client.updateWebhook({
        params: { id: webhook.id },
        body: {
          url: value('url').trim(),
          description: value('description').trim(),
          events: eventsOf(value),
        },
      }),
    done: async () => {
      await queries.invalidateQueries({ queryKey: webhooksQuery(webhook.organizationId).queryKey })
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t('changeTitle')}>
      <form className="form" {...form.props}>
        <EndpointFields webhook={webhook} errors={form.errors} />
        <Problem>{form.errors.events ? undefined : form.problem}</Problem>
        <div>
          <Button type="submit" look="primary" busy={form.busy}>
            {t('form.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
