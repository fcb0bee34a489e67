import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { useTranslation } from '../../i18n/react.ts'
import { EntryPage } from '../../ui/EntryPage.tsx'
import { SignUpForm } from './entry/SignUpForm.tsx'

const route = getRouteApi('/sign-up')

/** A new account. Who comes from an invitation joins its organization with it. */
export function SignUpPage() {
  const { t } = useTranslation(['account', 'common'])
  const { next, as } = route.useSearch()
  const token = /^\/invite\/([^/?#]+)$/.exec(next ?? '')?.[1]
  const { data: invitation, isPending } = useQuery({
    queryKey: ['invitation-link', token],
    queryFn: ({ signal }) => client.readInvitation({ params: { token: token ?? '' }, signal }),
    enabled: token !== undefined,
    retry: false,
  })
  const lead = invitation
    ? t('signUp.invited', {
        organization: invitation.organization,
        role: t(`common:roles.${invitation.role}`),
      })
    : location.host
  return (
    <EntryPage title={t('signUp.title')} lead={lead}>
      {(token === undefined || !isPending) && (
        <SignUpForm
          startAs={as ?? 'trainer'}
          next={next}
          invitation={token && invitation ? { token, email: invitation.email } : undefined}
        />
      )}
    </EntryPage>
  )
}
