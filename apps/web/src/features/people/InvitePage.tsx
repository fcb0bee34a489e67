import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { meQuery } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Pending } from '../../ui/bits.tsx'
import { EntryPage } from '../../ui/EntryPage.tsx'
import { JoinOrganization } from './JoinOrganization.tsx'

const route = getRouteApi('/invite/$token')

/** Where the link of an invitation leads: sign in or sign up, then join. */
export function InvitePage() {
  const { t } = useTranslation(['people', 'common'])
  const { token } = route.useParams()
  const invitation = useQuery({
    queryKey: ['invitation-link', token],
    queryFn: ({ signal }) => client.readInvitation({ params: { token }, signal }),
    retry: false,
  })
  const me = useQuery({ ...meQuery, retry: false })
  if (invitation.isPending || me.isPending) return <Pending />
  if (invitation.isError)
    return (
      <EntryPage title={t('invite.brokenTitle')} lead={errorText(invitation.error)}>
        <Link to="/" className="btn l">
          {t('common:errors.back')}
        </Link>
      </EntryPage>
    )
  const { organization, role, email } = invitation.data
  return (
    <EntryPage
      title={t('invite.title', { organization })}
      lead={t('invite.lead', { role: t(`common:roles.${role}`), email })}
    >
      <p className="note">{t(`roleMeans.${role}`)}</p>
      {me.data ? (
        <JoinOrganization token={token} invitation={invitation.data} user={me.data.user} />
      ) : (
        <>
          <Link to="/sign-up" search={{ next: `/invite/${token}` }} className="btn primary l">
            {t('invite.signUp')}
          </Link>
          <Link to="/sign-in" search={{ next: `/invite/${token}` }} className="btn l">
            {t('invite.signIn')}
          </Link>
        </>
      )}
    </EntryPage>
  )
}
