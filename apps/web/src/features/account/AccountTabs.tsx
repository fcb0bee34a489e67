import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../i18n/react.ts'

/** The head of the account's pages. */
export function AccountTabs() {
  const { t } = useTranslation('account')
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
      </div>
      <nav className="tabs" aria-label={t('title')}>
        <Link to="/account" activeOptions={{ exact: true }}>
          {t('tabs.account')}
        </Link>
        <Link to="/account/profile">{t('tabs.profile')}</Link>
        <Link to="/account/keys">{t('tabs.keys')}</Link>
      </nav>
    </>
  )
}
