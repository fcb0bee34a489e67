import type { Me } from '@groundwork/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { chooseOrganization, meQuery, signOut } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'

export function JoinOrganization({
  token,
  invitation,
  user,
}: {
  token: string
  invitation: { organization: string; email: string }
  user: Me['user']
}) {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const join = useMutation({
    mutationFn: () => client.acceptInvitation({ params: { token } }),
    onSuccess: async ({ organization }) => {
      chooseOrganization(organization.id)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      showToast({ text: t('invite.joined', { organization: organization.name }) })
      await navigate({ to: '/projects' })
    },
  })
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => navigate({ to: '/sign-in', search: { next: `/invite/${token}` } }),
  })
  if (user.email !== invitation.email)
    return (
      <>
        <p role="status">{t('invite.otherPerson', { own: user.email, email: invitation.email })}</p>
        <Problem>{leave.error && errorText(leave.error)}</Problem>
        <Button size="l" busy={leave.isPending} onClick={() => leave.mutate()}>
          {t('invite.switch')}
        </Button>
      </>
    )
  return (
    <>
      <Problem>{join.error && errorText(join.error)}</Problem>
      <Button look="primary" size="l" busy={join.isPending} onClick={() => join.mutate()}>
        {t('invite.join', { organization: invitation.organization })}
      </Button>
    </>
  )
}
