import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useHasRole, useOrganization } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Empty } from '../../../ui/bits.tsx'
import { useTitle } from '../../../ui/use-title.ts'
import { OrganizationTabs } from '../OrganizationTabs.tsx'
import { EndpointTable } from './EndpointTable.tsx'
import { NewEndpointDialog } from './NewEndpointDialog.tsx'
import { webhooksQuery } from './queries.ts'
import '../people.css'
import './webhooks.css'

/** What the organization's own programs are told. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks')
  const { current } = useOrganization()
  const manages = useHasRole('manager', current?.organization.id ?? '')
  useTitle(t('title'))
  if (!current) return <Empty level={1} title={t('managers')} />
  const { organization } = current
  if (!manages)
    return (
      <>
        <OrganizationTabs name={organization.name} />
        <Empty title={t('title')}>{t('managers')}</Empty>
      </>
    )
  return <Endpoints key={organization.id} organization={organization} />
}

function Endpoints({ organization }: { organization: { id: string; name: string } }) {
  const { t } = useTranslation('webhooks')
  const { items } = useSuspenseQuery(webhooksQuery(organization.id)).data
  const [adding, setAdding] = useState(false)
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus className="icon" />
      {t('add')}
    </Button>
  )
  return (
    <>
      <OrganizationTabs name={organization.name} act={items.length > 0 && add} />
      {items.length === 0 ? (
        <Empty title={t('emptyTitle')} act={add}>
          {t('lead')}
        </Empty>
      ) : (
        <>
          <p className="people-lead">{t('lead')}</p>
          <EndpointTable organizationId={organization.id} endpoints={items} />
        </>
      )}
      {adding && <NewEndpointDialog organizationId={organization.id} onClose={() => setAdding(false)} />}
    </>
  )
}
