import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/react.ts'

/** The head of an organization's pages. */
export function OrganizationTabs({ name, act }: { name: string; act?: ReactNode }) {
  const { t } = useTranslation('webhooks')
  return (
    <>
      <div className="page-head">
        <h1>{name}</h1>
        {act && <div className="end">{act}</div>}
      </div>
      <nav className="tabs" aria-label={name}>
        <Link to="/organization" activeOptions={{ exact: true }}>
          {t('tabs.members')}
        </Link>
        <Link to="/organization/webhooks">{t('tabs.webhooks')}</Link>
      </nav>
    </>
  )
}
