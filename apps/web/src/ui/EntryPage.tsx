import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { Mark } from './bits.tsx'
import { ThemeToggle } from './ThemeToggle.tsx'
import { useTitle } from './use-title.ts'
import './entry.css'

/** The frame of pages that need no sign-in: what is to be done on one side, what the place promises on the other. */
export function EntryPage({
  title,
  lead,
  foot,
  children,
}: {
  title: string
  /** A line under the title. */
  lead?: ReactNode
  foot?: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation()
  useTitle(title)
  return (
    <div className="entry">
      <main className="enter">
        <div className="enter-top">
          <a className="mark" href="/" aria-label={t('nav.home')}>
            <Mark />
            {t('appName')}
          </a>
          <ThemeToggle />
        </div>
        <div className="enter-body">
          <div>
            <h1>{title}</h1>
            {lead && <p className="muted">{lead}</p>}
          </div>
          {children}
        </div>
        {foot && <p className="small faint">{foot}</p>}
      </main>
      <aside className="promise" aria-labelledby="promise">
        <div>
          <h2 id="promise">{t('promise.title')}</h2>
          <dl>
            {promises.map((each) => (
              <div key={each}>
                <dt>{t(`promise.${each}.title`)}</dt>
                <dd>{t(`promise.${each}.body`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </aside>
    </div>
  )
}

const promises = ['held', 'wage', 'person'] as const
