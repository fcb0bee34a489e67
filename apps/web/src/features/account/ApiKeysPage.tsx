import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/bits.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AccountTabs } from './AccountTabs.tsx'
import { CreateKeyDialog } from './keys/CreateKeyDialog.tsx'
import { KeyTable } from './keys/KeyTable.tsx'
import './account.css'

const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => client.listApiKeys({ signal }),
})

/** Keys by which programs act as this person. */
export function ApiKeysPage() {
  const { t } = useTranslation('account')
  const { items } = useSuspenseQuery(apiKeysQuery).data
  const [creating, setCreating] = useState(false)
  useTitle(t('tabs.keys'))
  const create = (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus className="icon" />
      {t('keys.create')}
    </Button>
  )
  return (
    <>
      <AccountTabs />
      {items.length === 0 ? (
        <Empty title={t('keys.emptyTitle')} act={create}>
          {t('keys.lead')}
        </Empty>
      ) : (
        <>
          <div className="section-head keys-head">
            <p className="account-lead">{t('keys.lead')}</p>
            <div className="end">{create}</div>
          </div>
          <KeyTable keys={items} />
        </>
      )}
      <p className="hint keys-docs">
        <a href="/api/docs">{t('keys.docs')}</a>
      </p>
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} />}
    </>
  )
}
