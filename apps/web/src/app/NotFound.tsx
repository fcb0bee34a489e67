import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from '../i18n/react.ts'
import { NoSuch } from '../ui/NoSuch.tsx'
import { useTitle } from '../ui/use-title.ts'

/** Where an address of this part of the app is wrong, and where one goes from there. */
const parts = [
  { path: '/projects', noun: 'project', to: '/projects', label: 'noSuch.projects' },
  { path: '/templates', noun: 'template', to: '/templates', label: 'noSuch.templates' },
  { path: '/judge', noun: 'project', to: '/home', label: 'noSuch.home' },
] as const

/** What stands at an address behind which there is nothing. */
export function NotFound({ inMain }: { inMain: boolean }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const part = parts.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
  const noun = part?.noun ?? 'page'
  useTitle(t(`noSuch.${noun}`))
  const said = (
    <NoSuch
      noun={noun}
      act={
        <Link to={part?.to ?? '/'} className="btn">
          {t(part?.label ?? 'errors.back')}
        </Link>
      }
    />
  )
  return inMain ? said : <main className="page">{said}</main>
}
