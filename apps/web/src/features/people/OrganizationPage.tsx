import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useHasRole, useOrganization } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/bits.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { InvitationTable } from './InvitationTable.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { LeaveOrganization } from './LeaveOrganization.tsx'
import { MemberTable } from './MemberTable.tsx'
import { OrganizationTabs } from './OrganizationTabs.tsx'
import { membersQuery } from './queries.ts'
import './people.css'

/** The members of the organization that the sidebar has chosen, and who is invited to it. */
export function OrganizationPage() {
  const { t } = useTranslation('people')
  const { current } = useOrganization()
  useTitle(current?.organization.name ?? t('organization'))
  if (!current)
    return (
      <>
        <h1>{t('organization')}</h1>
        <Empty
          title={t('none.title')}
          act={
            <Link to="/organization/new" className="btn primary">
              {t('new.act')}
            </Link>
          }
        >
          {t('none.body')}
        </Empty>
      </>
    )
  return <Members key={current.organization.id} organization={current.organization} />
}

function Members({ organization }: { organization: { id: string; name: string } }) {
  const { t } = useTranslation('people')
  const mayInvite = useHasRole('manager', organization.id)
  const { items: members } = useSuspenseQuery(membersQuery(organization.id)).data
  const [inviting, setInviting] = useState(false)
  return (
    <>
      <OrganizationTabs
        name={organization.name}
        act={
          mayInvite && (
            <Button look="primary" onClick={() => setInviting(true)}>
              <UserPlus className="icon" />
              {t('invitations.act')}
            </Button>
          )
        }
      />
      <p className="lede people-lede">{t('lede', { count: members.length })}</p>
      <MemberTable organizationId={organization.id} members={members} />
      <p className="hint people-note">{t('rolesNote')}</p>
      {mayInvite && <InvitationTable organizationId={organization.id} onInvite={() => setInviting(true)} />}
      <LeaveOrganization organization={organization} />
      {inviting && <InviteDialog organization={organization} onClose={() => setInviting(false)} />}
    </>
  )
}
