import type { ApiKey } from '@groundwork/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { projectsQuery } from '../../../api/queries.ts'
import { useMe } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table, Time } from '../../../ui/bits.tsx'
import { ConfirmDialog } from '../../../ui/Dialog.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'

export function KeyTable({ keys }: { keys: ApiKey[] }) {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const close = () => setRevoking(null)
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => client.revokeApiKey({ params: { id: key.id } }),
    onSuccess: async (_, key) => {
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
      showToast({ text: t('keys.revoked', { name: key.name }) })
      close()
    },
  })
  return (
    <>
      <Table caption={t('tabs.keys')} className="two-line keys-table">
        <thead>
          <tr>
            <th scope="col">{t('keys.name')}</th>
            <th scope="col">{t('keys.may')}</th>
            <th scope="col">{t('keys.lastUsed')}</th>
            <th scope="col">{t('keys.state')}</th>
            <th scope="col">
              <span className="sr">{t('keys.act')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              onRevoke={() => {
                revoke.reset()
                setRevoking(key)
              }}
            />
          ))}
        </tbody>
      </Table>
      {revoking && (
        <ConfirmDialog
          open
          onClose={close}
          title={t('keys.revokeTitle', { name: revoking.name })}
          act={t('keys.revoke')}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(revoking)}
        >
          <p>{t('keys.revokeBody')}</p>
          <Problem>{revoke.error && errorText(revoke.error)}</Problem>
        </ConfirmDialog>
      )}
    </>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation('account')
  const { memberships } = useMe()
  const { organizationId, projectId } = apiKey
  const project = useQuery(projectsQuery(undefined)).data?.items.find((each) => each.id === projectId)
  const organization = memberships.find((each) => each.organization.id === organizationId)
  const expired = Date.parse(apiKey.expiresAt) <= Date.now()
  const usable = !apiKey.revokedAt && !expired
  return (
    <tr>
      <td>
        <span className="strong">{apiKey.name}</span>
        <span className="sub">
          <code>{t('keys.prefix', { prefix: apiKey.prefix })}</code>
        </span>
      </td>
      <td>
        {t(`keys.scopes.${apiKey.scope}`)}
        {organizationId && (
          <span className="sub">{organization?.organization.name ?? t('keys.otherOrganization')}</span>
        )}
        {projectId && (
          <span className="sub">
            {t('keys.oneProject', { name: project?.name ?? t('keys.otherProject') })}
          </span>
        )}
      </td>
      <td className="nowrap">
        {apiKey.lastUsedAt ? (
          <Time at={apiKey.lastUsedAt} />
        ) : (
          <span className="faint">{t('keys.never')}</span>
        )}
      </td>
      <td className="nowrap">
        {apiKey.revokedAt ? (
          <span className="state">
            <span>
              {t('keys.states.revoked')} <Time at={apiKey.revokedAt} />
            </span>
          </span>
        ) : (
          <span className={expired ? 'state' : 'state good'}>
            <span>
              {t(expired ? 'keys.states.expired' : 'keys.states.expires')} <Time at={apiKey.expiresAt} />
            </span>
          </span>
        )}
      </td>
      <td className="num">
        {usable && (
          <Button size="s" onClick={onRevoke} aria-label={t('keys.revokeNamed', { name: apiKey.name })}>
            {t('keys.revokeShort')}
          </Button>
        )}
      </td>
    </tr>
  )
}
