import { organizationRole } from '@groundwork/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useHasRole } from '../../api/session.ts'
import { useForm } from '../../api/use-form.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { invitationsQuery } from './queries.ts'

type Made = { invitation: { email: string }; link: string; mailed: boolean }

/** Invites by mail address; without a mail server the link is there to be handed over. */
export function InviteDialog({
  organization,
  onClose,
}: {
  organization: { id: string; name: string }
  onClose: () => void
}) {
  const { t } = useTranslation('people')
  const [made, setMade] = useState<Made>()
  return (
    <Dialog open onClose={onClose} title={t('invitations.dialog', { name: organization.name })}>
      {made ? (
        <>
          <p role="status">
            {t(made.mailed ? 'invitations.mailed' : 'invitations.notMailed', {
              email: made.invitation.email,
            })}
          </p>
          <CopyText label={t('invitations.link')} text={made.link}>
            {t('invitations.linkHint', { email: made.invitation.email })}
          </CopyText>
          <div className="people-acts">
            <Button look="primary" onClick={onClose}>
              {t('invitations.done')}
            </Button>
            <Button onClick={() => setMade(undefined)}>{t('invitations.another')}</Button>
          </div>
        </>
      ) : (
        <InviteForm organizationId={organization.id} onDone={setMade} />
      )}
    </Dialog>
  )
}

function InviteForm({ organizationId, onDone }: { organizationId: string; onDone: (made: Made) => void }) {
  const { t } = useTranslation(['people', 'common'])
  const queries = useQueryClient()
  const owner = useHasRole('owner', organizationId)
  const roles = owner
    ? organizationRole.options
    : organizationRole.options.filter((role) => role === 'reviewer' || role === 'viewer')
  const form = useForm({
    send: (value) =>
      client.createInvitation({
        params: { id: organizationId },
        body: {
          email: value('email').trim(),
          role: roles.find((role) => role === value('role')) ?? 'viewer',
        },
      }),
    done: async (made) => {
      onDone(made)
      await queries.invalidateQueries({ queryKey: invitationsQuery(organizationId).queryKey })
    },
  })
  return (
    <form className="form" {...form.props}>
      <TextField
        label={t('invitations.email')}
        name="email"
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        error={form.errors.email}
      />
      <fieldset className="field">
        <legend className="label">{t('members.role')}</legend>
        <div className="role-choice">
          {roles.map((role) => (
            <label key={role} className="check">
              <input type="radio" name="role" value={role} defaultChecked={role === 'reviewer'} />
              <span>
                <b>{t(`common:roles.${role}`)}</b>
                <span className="sub">{t(`roleMeans.${role}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Problem>{form.problem}</Problem>
      <div>
        <Button type="submit" look="primary" busy={form.busy}>
          {t('invitations.send')}
        </Button>
      </div>
    </form>
  )
}
