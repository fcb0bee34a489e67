import type { NoWorkReason } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { workQuery } from '../../api/work.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'

const RecentWork = lazy(() =>
  import('./desk/RecentWork.tsx').then((module) => ({ default: module.RecentWork })),
)

const CHECK_EVERY_MS = 60_000

/** Why there is nothing to do here, what would change it, and where else there is work. */
export function NoWork({
  reason,
  projectId,
  onCheck,
}: {
  reason: NoWorkReason
  projectId: string
  onCheck: () => void
}) {
  const { t } = useTranslation(['workbench', 'common'])
  const { data } = useQuery(workQuery)
  const others = data?.projects.filter((project) => project.reason === null && project.id !== projectId) ?? []
  const [looksBack, setLooksBack] = useState(false)
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
        <Button onClick={() => setLooksBack(true)}>{t('nothing.recent')}</Button>
        <span className="faint small">{t('nothing.checks')}</span>
      </p>
      <Suspense>
        {looksBack && <RecentWork projectId={projectId} onClose={() => setLooksBack(false)} />}
      </Suspense>
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
