import type { NoWorkReason } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { workQuery } from '../../api/work.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import { useCommands } from '../../ui/palette/commands.ts'

const CHECK_EVERY_MS = 60_000

/** Why there is nothing to do here, what would change it, and where else there is work. */
export function NoWork({
  reason,
  projectId,
  onCheck,
  children,
}: {
  reason: NoWorkReason
  projectId: string
  onCheck: () => void
  /** What else can be done about it. */
  children?: ReactNode
}) {
  const { t } = useTranslation(['workbench', 'common'])
  const { data } = useQuery(workQuery)
  const others = data?.projects.filter((project) => project.reason === null && project.id !== projectId) ?? []
  const navigate = useNavigate()
  useCommands([
    {
      id: 'recent',
      label: t('nothing.recent'),
      run: () => void navigate({ to: '/recent-work', search: { project: projectId } }),
    },
  ])
  const check = useRef(onCheck)
  check.current = onCheck
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') check.current()
    }, CHECK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <main className="page no-work" id="main">
      <div role="status">
        <p className="lede">{t('nothing.title')}</p>
        <p className="why">{t(`common:noWork.${reason}.why`)}</p>
        <p className="muted">{t(`common:noWork.${reason}.change`)}</p>
      </div>
      {children}
      <p className="acts">
        <Button look="primary" onClick={onCheck}>
          {t('nothing.check')}
        </Button>
        {reason === 'not_qualified' && (
          <Link className="btn" to="/account">
            {t('nothing.profile')}
          </Link>
        )}
        <Link className="btn" to="/home">
          {t('nothing.home')}
        </Link>
        <Link className="btn" to="/recent-work" search={{ project: projectId }}>
          {t('nothing.recent')}
        </Link>
        <span className="faint small">{t('nothing.checks')}</span>
      </p>
      {others.length > 0 && (
        <section className="section" aria-labelledby="other-work">
          <div className="section-head">
            <h2 id="other-work">{t('nothing.others')}</h2>
          </div>
          <ul className="list">
            {others.map((project) => (
              <li key={project.id} className="other">
                <Link className="strong" to="/judge/$projectId" params={{ projectId: project.id }}>
                  {project.name}
                </Link>
                <span className="faint">{project.organization}</span>
                <span className="num">{formatMoney(project.pay.perJudgment)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}
