import type { Webhook, WebhookDelivery } from '@groundwork/contract'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pending, Time } from '../../../ui/bits.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { CodeBlock } from '../../../ui/markdown/CodeBlock.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { deliveriesQuery } from './queries.ts'

/** What was sent to an endpoint, with every try; each can be sent again. */
export function DeliveryLog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('webhooks')
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    deliveriesQuery(webhook.id),
  )
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog open onClose={onClose} shape="panel" title={t('log.title', { url: webhook.url })}>
      {!data && !error && <Pending />}
      {error && <p className="form-error">{errorText(error)}</p>}
      {data && items.length === 0 && <p className="muted">{t('log.empty')}</p>}
      {items.length > 0 && (
        <ul className="webhook-log">
          {items.map((delivery) => (
            <li key={delivery.id}>
              <Delivery webhook={webhook} delivery={delivery} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('log.more')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}

const look = { waiting: 'state', delivered: 'state good', failed: 'state bad' } as const

function Delivery({ webhook, delivery }: { webhook: Webhook; delivery: WebhookDelivery }) {
  const { t } = useTranslation('webhooks')
  const queries = useQueryClient()
  const replay = useMutation({
    mutationFn: () => client.replayWebhookDelivery({ params: { id: delivery.id } }),
    onSuccess: async () => {
      showToast({ text: t('log.replayed') })
      await queries.invalidateQueries({ queryKey: deliveriesQuery(webhook.id).queryKey })
    },
    onError: (error) => showToast({ text: errorText(error) }),
  })
  return (
    <>
      <div className="webhook-delivery">
        <span className={look[delivery.state]}>
          <span>{t(`log.states.${delivery.state}`)}</span>
        </span>
        <code>{delivery.event}</code>
        <span className="faint">
          <Time at={delivery.createdAt} />
        </span>
        {delivery.state !== 'waiting' && (
          <Button
            size="s"
            busy={replay.isPending}
            aria-label={t('log.replayNamed', { id: delivery.messageId })}
            onClick={() => replay.mutate()}
          >
            {t('log.replay')}
          </Button>
        )}
      </div>
      <details>
        <summary>
          {t('log.tries', { count: delivery.attemptCount })}
          {delivery.nextTryAt && (
            <>
              , {t('log.next')} <Time at={delivery.nextTryAt} />
            </>
          )}
        </summary>
        <ol className="webhook-tries">
          {delivery.attempts.map((attempt) => (
            <li key={attempt.at}>
              <span className="num">{attempt.status ?? t('log.noAnswer')}</span>{' '}
              <span className="faint">
                <Time at={attempt.at} />, {t('log.took', { ms: attempt.durationMs })}
              </span>
              {attempt.response && <span className="sub">{attempt.response.slice(0, 300)}</span>}
            </li>
          ))}
        </ol>
        <p className="hint">
          <code>{delivery.messageId}</code>
        </p>
        <CodeBlock code={indented(delivery.payload)} language="json" />
      </details>
    </>
  )
}

function indented(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}
