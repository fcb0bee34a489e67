import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Menu as MenuIcon } from 'lucide-react'
import { useEffect } from 'react'
import { useMe } from '../api/session.ts'
import { useTranslation } from '../i18n/react.ts'
import { Mark } from '../ui/bits.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useCommands } from '../ui/palette/commands.ts'
import { ThemeToggle } from '../ui/ThemeToggle.tsx'
import { InMain } from './ErrorPage.tsx'
import { type Destination, destinations } from './navigation.ts'
import { PersonMenu, PersonMenuItems } from './PersonMenu.tsx'
import { TeamNavigation } from './TeamNavigation.tsx'
import './shell.css'

/** The frame of every page but the workbench: sidebar, or top bar and bottom tabs on a phone. */
export function Shell() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const { trainer, team, operator } = destinations(me)
  const all = [...trainer, ...team, ...operator]
  const go = (to: Destination['to'] | '/recent-work', label: string) => ({
    id: `go ${to}`,
    label,
    keywords: 'go open',
    run: () => void navigate({ to }),
  })
  useCommands([
    ...all.map(({ to, label }) => go(to, t(label))),
    ...(me.trainer ? [go('/recent-work', t('nav.recentWork'))] : []),
  ])
  useLeftBehind(me.user.id)
  return (
    <>
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <div className="shell">
        <header className="side">
          <Link className="mark" to="/" aria-label={t('nav.home')}>
            <Mark />
            {t('appName')}
          </Link>
          {trainer.length > 0 && (
            <nav aria-label={t('nav.main')}>
              <NavigationLinks items={trainer} />
            </nav>
          )}
          {team.length > 0 && <TeamNavigation items={team} />}
          {operator.length > 0 && (
            <nav aria-label={t('nav.operator')} className="apart">
              <NavigationLinks items={operator} />
            </nav>
          )}
          <div className="foot">
            <PersonMenu />
            <ThemeToggle />
          </div>
        </header>
        <nav className="tabbar" aria-label={t('nav.bottom')}>
          <NavigationLinks items={all.slice(0, 4)} within />
          <Menu
            side="top"
            align="end"
            trigger={
              <button type="button">
                <MenuIcon className="icon" />
                {t('nav.more')}
              </button>
            }
          >
            <PersonMenuItems extra={all.slice(4)} />
          </Menu>
        </nav>
        <main className="page" id="main" tabIndex={-1}>
          <InMain value={true}>
            <Outlet />
          </InMain>
        </main>
      </div>
    </>
  )
}

/** Answers that could not be sent from the workbench go out from any page. */
function useLeftBehind(userId: string) {
  useEffect(() => {
    const key = `groundwork.submits.${userId}`
    try {
      if (localStorage.getItem(key) === null) return
    } catch {
      return
    }
    void import('../features/workbench/send-left-behind.ts').then(({ sendLeftBehind }) =>
      sendLeftBehind(userId, key),
    )
  }, [userId])
}

/** `within`: what lies below a destination counts as being there; in the sidebar the projects have lines of their own. */
export function NavigationLinks({ items, within }: { items: Destination[]; within?: boolean }) {
  const { t } = useTranslation()
  return items.map(({ to, label, icon: Icon }) => (
    <Link key={to} to={to} activeOptions={{ exact: !within && to === '/projects' }}>
      <Icon className="icon" />
      <span className="t">{t(label)}</span>
    </Link>
  ))
}
