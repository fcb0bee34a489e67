import { useTranslation } from '../../i18n/react.ts'
import { useTitle } from '../../ui/use-title.ts'
import { AccountTabs } from './AccountTabs.tsx'
import { NamePart } from './NamePart.tsx'
import { OrganizationsPart } from './OrganizationsPart.tsx'
import { PasswordPart } from './security/PasswordPart.tsx'
import { SessionsPart } from './security/SessionsPart.tsx'
import { TwoFactorPart } from './security/TwoFactorPart.tsx'
import { ThemePart } from './ThemePart.tsx'
import './account.css'

/** The own account: name, how it is kept safe, where it is signed in, how pages look. */
export function AccountPage() {
  const { t } = useTranslation('account')
  useTitle(t('title'))
  return (
    <>
      <AccountTabs />
      <div className="account-form">
        <NamePart />
        <PasswordPart />
        <TwoFactorPart />
        <SessionsPart />
        <OrganizationsPart />
        <ThemePart />
      </div>
    </>
  )
}
