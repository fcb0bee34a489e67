import type { Money } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { BookOpen, SlidersHorizontal } from 'lucide-react'
import { lazy, useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/bits.tsx'
import { formatClock, formatMoney } from '../../ui/format.ts'
import { useKeyHint } from '../../ui/keys/bindings.ts'
import { Popover } from '../../ui/Popover.tsx'
import { useStore } from '../../ui/store.ts'
import { ThemeToggle } from '../../ui/ThemeToggle.tsx'
import { opened, openedKey } from './desk/guideline-read.ts'
import { togglePanel, usePanel } from './desk/panel.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import type { OpenTask } from './workbench-state.ts'

const ViewMenu = lazy(() => import('./desk/ViewMenu.tsx').then((module) => ({ default: module.ViewMenu })))

/** Says how much is left when less than this is. */
const LEASE_SHORT_MS = 3 * 60_000

export type TopBarProps = {
  title: string
  /** Absent while there is no task. */
  work?: {
    session: WorkbenchSession
    task: OpenTask
    wage: Money | null
    onKeys: () => void
    onChangeKeys: () => void
    onRecent: () => void
  }
}

export function TopBar({ title, work }: TopBarProps) {
  const { t } = useTranslation(['workbench', 'common'])
  const kind = work?.task.assignment.project.kind
  return (
    <header className="wb-head">
      <Link className="mark" to="/home" aria-label={t('backToWork')}>
        <Mark />
      </Link>
      <div className="wb-title">
        <h1>{title}</h1>
        {kind && kind !== title && <span className="faint">{kind}</span>}
      </div>
      {work && <Facts {...work} />}
      <div className="wb-tools">
        {work && <Tools {...work} />}
        <ThemeToggle />
      </div>
    </header>
  )
}

function Tools({ task, onKeys, onChangeKeys, onRecent }: NonNullable<TopBarProps['work']>) {
  const { t } = useTranslation(['workbench', 'common'])
  const { projectId, guideline, form, task: shown } = task.assignment
  const isOpen = usePanel().tab === 'guideline'
  const seen = useStore(opened)
  const isNew = guideline.changedSinceRead && !seen.has(openedKey(projectId, guideline.version))
  const guidelineKey = useKeyHint('guideline', 'g')
  const helpKey = useKeyHint('help', '?')
  const responses = form.blocks.some((block) => block.type === 'candidates') ? shown.candidates.length : 0
  return (
    <>
      <Popover
        label={t('view.title')}
        trigger={
          <Button size="s" look="quiet" aria-label={t('view.title')}>
            <SlidersHorizontal className="icon" />
            <span className="wide">{t('view.open')}</span>
          </Button>
        }
      >
        {(close) => (
          <ViewMenu
            responses={responses}
            onKeys={() => {
              close()
              onChangeKeys()
            }}
            onRecent={() => {
              close()
              onRecent()
            }}
          />
        )}
      </Popover>
      <Button size="s" aria-expanded={isOpen} onClick={() => togglePanel('guideline')}>
        <BookOpen className="icon" />
        <span>
          {t('guideline.open')}
          <span className="wide"> {t('guideline.version', { version: guideline.version })}</span>
        </span>
        {isNew && <span className="badge">{t('guideline.changed')}</span>}
        {guidelineKey && <kbd className="wide">{guidelineKey}</kbd>}
      </Button>
      <Button look="quiet" iconOnly className="wide" aria-label={t('keys')} onClick={onKeys}>
        <kbd>{helpKey ?? '?'}</kbd>
      </Button>
    </>
  )
}

function Facts({ session, task, wage }: NonNullable<TopBarProps['work']>) {
  const { t } = useTranslation(['workbench', 'common'])
  useTick(1_000)
  const left = task.stale ? 0 : Math.max(0, task.expiresAt - Date.now())
  const running = session.current.isActive
  return (
    <dl className="wb-facts num">
      <div>
        <dt>{t('facts.task')}</dt>
        <dd>{formatMoney(task.assignment.pay)}</dd>
      </div>
      <div title={running ? undefined : t('facts.paused')}>
        <dt>{t(running ? 'facts.active' : 'facts.idle')}</dt>
        <dd className={running ? undefined : 'faint'}>{formatClock(session.current.activeMs)}</dd>
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
            <Button
              className="link"
              onClick={() => (left === 0 ? void session.requests.resume() : session.current.extend())}
            >
              {t(left === 0 ? 'lost.resume' : 'facts.extend')}
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
