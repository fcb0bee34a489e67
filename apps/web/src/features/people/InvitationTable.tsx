import type { Invitation } from '@groundwork/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Table, Time } from '../../ui/bits.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { invitationsQuery } from './queries.ts'

/** Invitations that nobody has taken up yet. */
export function InvitationTable({
  organizationId,
  onInvite,
}: {
  organizationId: string
  onInvite: () => void
}) {
  const { t } = useTranslation(['people', 'common'])
  const queries = useQueryClient()
  const owner = useHasRole('owner', organizationId)
  const { data, error } = useQuery(invitationsQuery(organizationId))
  const [revoking, setRevoking] = useState<Invitation | null>(null)
  const revoke = useMutation({
    mutationFn: (invitation: Invitation) => client.revokeInvitation({ params: { id: invitation.id } }),
    onSuccess: async (_, { email }) => {
      await queries.invalidateQueries({ queryKey: invitationsQuery(organizationId).queryKey })
      showToast({ text: t('invitations.revoked', { email }) })
      setRevoking(null)
    },
  })
  const invitations = data?.items ?? []
  return (
    <section className="section" aria-labelledby="invitations">
      <div className="section-head">
        <h2 id="invitations">{t('invitations.title')}</h2>
        <p>{t('invitations.about')}</p>
      </div>
      {error && <p className="form-error">{errorText(error)}</p>}
      {data && invitations.length === 0 && (
        <p className="people-none">
          {t('invitations.none')}{' '}
          <Button className="link" onClick={onInvite}>
            {t('invitations.act')}
          </Button>
        </p>
      )}
      {invitations.length > 0 && (
        <Table caption={t('invitations.table')} className="two-line">
          <thead>
            <tr>
              <th scope="col">{t('invitations.email')}</th>
              <th scope="col">{t('members.role')}</th>
              <th scope="col">{t('invitations.by')}</th>
              <th scope="col">{t('invitations.expires')}</th>
              <th scope="col">
                <span className="sr">{t('members.act')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {invitations.map((invitation) => (
              <tr key={invitation.id}>
                <td className="strong">{invitation.email}</td>
                <td>{t(`common:roles.${invitation.role}`)}</td>
                <td className="muted" data-label={t('invitations.by')}>
                  {invitation.invitedBy}, <Time at={invitation.createdAt} />
                </td>
                <td className="muted" data-label={t('invitations.expires')}>
                  <Time at={invitation.expiresAt} />
                </td>
                <td className="num">
                  {(owner || invitation.role === 'reviewer' || invitation.role === 'viewer') && (
                    <Button
                      size="s"
                      aria-label={t('invitations.revokeNamed', { email: invitation.email })}
                      onClick={() => {
                        revoke.reset()
                        setRevoking(invitation)
                      }}
                    >
                      {t('invitations.revoke')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {revoking && (
        <ConfirmDialog
          open
          onClose={() => setRevoking(null)}
          title={t('invitations.revokeTitle', { email: revoking.email })}
          act={t('invitations.revokeAct')}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(revoking)}
        >
          <p>{t('invitations.revokeBody')}</p>
          <Problem>{revoke.error && errorText(revoke.error)}</Problem>
        </ConfirmDialog>
      )}
    </section>
  )
}
