import { Link, useNavigate } from '@tanstack/react-router'
import { KeyRound, LogOut, UserRound } from 'lucide-react'
import { errorText } from '../api/error-text.ts'
import { signOut, useMe, useOrganization } from '../api/session.ts'
import { useTranslation } from '../i18n/react.ts'
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { showToast } from '../ui/toast-store.ts'
import type { Destination } from './navigation.ts'

/** Who is signed in, at the foot of the sidebar. */
export function PersonMenu() {
  const { t } = useTranslation()
  const me = useMe()
  const { current } = useOrganization()
  const about = me.trainer?.headline || (current ? t(`roles.${current.role}`) : me.user.email)
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className="person" aria-label={`${me.user.name}, ${t('nav.you')}`}>
          <span className="strong">{me.user.name}</span>
          <span className="faint small">{about}</span>
        </button>
      }
    >
      <PersonMenuItems />
    </Menu>
  )
}

/** Account and sign-out; on a phone also the destinations that had no room in the bottom bar. */
export function PersonMenuItems({ extra = [] }: { extra?: Destination[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const leave = async () => {
    try {
      await signOut()
      await navigate({ to: '/sign-in' })
    } catch (error) {
      showToast({ text: errorText(error), bad: true })
    }
  }
  return (
    <>
      {extra.map(({ to, label, icon: Icon }) => (
        <MenuItem key={to} render={<Link to={to} />}>
          <Icon className="icon" />
          {t(label)}
        </MenuItem>
      ))}
      <MenuItem render={<Link to="/account" />}>
        <UserRound className="icon" />
        {t('nav.account')}
      </MenuItem>
      <MenuItem render={<Link to="/account/keys" />}>
        <KeyRound className="icon" />
        {t('nav.apiKeys')}
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => void leave()}>
        <LogOut className="icon" />
        {t('nav.signOut')}
      </MenuItem>
    </>
  )
}
