import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { useTitle } from '../../ui/use-title.ts'
import { AccountTabs } from './AccountTabs.tsx'
import { ProfileForm } from './profile/ProfileForm.tsx'
import './account.css'

const route = getRouteApi('/shell/account/profile')

/** What decides which projects a trainer sees. Saving it for the first time makes a person a trainer. */
export function ProfilePage() {
  const { t } = useTranslation('account')
  const { first } = route.useSearch()
  const { trainer, user } = useMe()
  useTitle(t('profile.title'))
  return (
    <>
      {first && !trainer ? <h1 className="lede">{t('profile.firstTitle')}</h1> : <AccountTabs />}
      <p className="account-lead">{t(trainer ? 'profile.lead' : 'profile.firstLead')}</p>
      <ProfileForm profile={trainer} name={user.name} />
    </>
  )
}
