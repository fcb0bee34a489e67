import type { Money } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/bits.tsx'
import { formatClock, formatMoney } from '../../ui/format.ts'
import { ThemeToggle } from '../../ui/ThemeToggle.tsx'
import type { WorkbenchSession } from './workbench-session.ts'
import type { OpenTask } from './workbench-state.ts'

/** Says how much is left when less than this is. */
const LEASE_SHORT_MS = 3 * 60_000

export type TopBarProps = {
  title: string
  /** Absent while there is no task. */
  work?: {
    session: WorkbenchSession
    task: OpenTask
    wage: Money | null
    onGuideline: () => void
    onKeys: () => void
  }
}

export function TopBar({ title, work }: TopBarProps) {
  const { t } = useTranslation(['workbench', 'common'])
  const template = work?.task.assignment.project.template
  return (
    <header className="wb-head">
      <Link className="mark" to="/home" aria-label={t('backToWork')}>
        <Mark />
      </Link>
      <div className="wb-title">
        <h1>{title}</h1>
        {template && (
          <span className="faint">
            {template === 'compare-responses' ? t('common:templates.compare-responses') : template}
          </span>
        )}
      </div>
      {work && <Facts {...work} />}
      <div className="wb-tools">
        {work && (
          <>
            <Button size="s" onClick={work.onGuideline}>
              <BookOpen className="icon" />
              <span>
                {t('guideline.open')}
                <span className="wide">
                  {' '}
                  {t('guideline.version', { version: work.task.assignment.guideline.version })}
                </span>
              </span>
              <kbd className="wide">G</kbd>
            </Button>
            <Button look="quiet" iconOnly className="wide" aria-label={t('keys')} onClick={work.onKeys}>
              <kbd>?</kbd>
            </Button>
          </>
        )}
        <ThemeToggle />
      </div>
    </header>
  )
}

function Facts({ session, task, wage }: NonNullable<TopBarProps['work']>) {
  const { t } = useTranslation(['workbench', 'common'])
  useTick(1_000)
  const left = task.stale ? 0 : Math.max(0, task.expiresAt - Date.now())
  const running = session.isActive
  return (
    <dl className="wb-facts num">
      <div>
        <dt>{t('facts.task')}</dt>
        <dd>{formatMoney(task.assignment.pay)}</dd>
      </div>
      <div title={running ? undefined : t('facts.paused')}>
        <dt>{t('facts.active')}</dt>
        <dd className={running ? undefined : 'faint'}>{formatClock(session.activeMs)}</dd>
      </div>
      {wage && (
        <div>
          <dt>{t('facts.wage')}</dt>
          <dd>{t('facts.perHour', { money: formatMoney(wage) })}</dd>
        </div>
      )}
      <div>
        <dt>{t('facts.lease')}</dt>
        <dd className={left < LEASE_SHORT_MS ? 'caution' : undefined}>
          {left === 0 ? t('facts.leaseOver') : leaseText(left)}{' '}
          {left < LEASE_SHORT_MS && !task.stale && (
            <Button className="link" onClick={() => (left === 0 ? void session.resume() : session.extend())}>
              {t(left === 0 ? 'stale.resume' : 'facts.extend')}
            </Button>
          )}
        </dd>
      </div>
    </dl>
  )
}

const leaseText = (ms: number) => (ms < LEASE_SHORT_MS ? formatClock(ms) : `${Math.floor(ms / 60_000)} min`)

function useTick(ms: number): void {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), ms)
    return () => clearInterval(timer)
  }, [ms])
}
