import type { Webhook } from '@groundwork/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { projectsQuery } from '../../../api/queries.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table, Time } from '../../../ui/bits.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/Menu.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { ChangeEndpointDialog } from './ChangeEndpointDialog.tsx'
import { DeliveryLog } from './DeliveryLog.tsx'
import { DeleteEndpoint, RotateSecret } from './EndpointActs.tsx'
import { deliveriesQuery, webhooksQuery } from './queries.ts'

type Act = 'log' | 'change' | 'rotate' | 'delete'

export function EndpointTable({
  organizationId,
  endpoints,
}: {
  organizationId: string
  endpoints: Webhook[]
}) {
  const { t } = useTranslation('webhooks')
  const [open, setOpen] = useState<{ act: Act; id: string } | null>(null)
  const webhook = endpoints.find((each) => each.id === open?.id)
  const close = () => setOpen(null)
  return (
    <>
      <Table caption={t('table')} className="two-line webhook-table">
        <thead>
          <tr>
            <th scope="col">{t('endpoint')}</th>
            <th scope="col">{t('events')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">
              <span className="sr">{t('act')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {endpoints.map((each) => (
            <EndpointRow
              key={each.id}
              organizationId={organizationId}
              webhook={each}
              onAct={(act) => setOpen({ act, id: each.id })}
            />
          ))}
        </tbody>
      </Table>
      {webhook && open?.act === 'log' && <DeliveryLog webhook={webhook} onClose={close} />}
      {webhook && open?.act === 'change' && <ChangeEndpointDialog webhook={webhook} onClose={close} />}
      {webhook && open?.act === 'rotate' && <RotateSecret webhook={webhook} onClose={close} />}
      {webhook && open?.act === 'delete' && <DeleteEndpoint webhook={webhook} onClose={close} />}
    </>
  )
}

function EndpointRow({
  organizationId,
  webhook,
  onAct,
}: {
  organizationId: string
  webhook: Webhook
  onAct: (act: Act) => void
}) {
  const { t } = useTranslation('webhooks')
  const queries = useQueryClient()
  const projects = useQuery(projectsQuery(organizationId)).data?.items ?? []
  const project = projects.find((each) => each.id === webhook.projectId)
  const test = useMutation({
    mutationFn: () => client.testWebhook({ params: { id: webhook.id } }),
    onSuccess: async () => {
      showToast({ text: t('tested') })
      await queries.invalidateQueries({ queryKey: deliveriesQuery(webhook.id).queryKey })
      onAct('log')
    },
    onError: (error) => showToast({ text: errorText(error) }),
  })
  const turn = useMutation({
    mutationFn: (enabled: boolean) => client.updateWebhook({ params: { id: webhook.id }, body: { enabled } }),
    onSuccess: async (_, enabled) => {
      showToast({ text: t(enabled ? 'turnedOn' : 'turnedOff') })
      await queries.invalidateQueries({ queryKey: webhooksQuery(organizationId).queryKey })
    },
    onError: (error) => showToast({ text: errorText(error) }),
  })
  const on = webhook.state === 'on'
  return (
    <tr>
      <td>
        <button type="button" className="webhook-url" onClick={() => onAct('log')}>
          {webhook.url}
        </button>
        <span className="sub">
          {webhook.description && `${webhook.description}, `}
          {webhook.projectId
            ? t('onlyProject', { name: project?.name ?? t('goneProject') })
            : t('anyProject')}
        </span>
      </td>
      <td>{webhook.events.map((event) => t(`event.${event}.name`)).join(', ')}</td>
      <td>
        <span className={on && !webhook.failingSince ? 'state good' : 'state'}>
          <span>
            {on && webhook.failingSince ? (
              <>
                {t('states.failing')} <Time at={webhook.failingSince} />
              </>
            ) : (
              t(`states.${webhook.state}`)
            )}
          </span>
        </span>
      </td>
      <td className="num">
        <Menu
          align="end"
          trigger={
            <Button look="quiet" iconOnly aria-label={t('menu', { url: webhook.url })}>
              <Ellipsis className="icon" />
            </Button>
          }
        >
          <MenuItem onSelect={() => onAct('log')}>{t('deliveries')}</MenuItem>
          <MenuItem disabled={!on} onSelect={() => test.mutate()}>
            {t('test')}
          </MenuItem>
          <MenuLine />
          <MenuItem onSelect={() => onAct('change')}>{t('change')}</MenuItem>
          <MenuItem onSelect={() => onAct('rotate')}>{t('rotate')}</MenuItem>
          <MenuItem onSelect={() => turn.mutate(!on)}>{t(on ? 'turnOff' : 'turnOn')}</MenuItem>
          <MenuItem danger onSelect={() => onAct('delete')}>
            {t('delete')}
          </MenuItem>
        </Menu>
      </td>
    </tr>
  )
}
