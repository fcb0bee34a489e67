import type { Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useHasRole } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { formatMoney } from '../../../ui/format.ts'
import { missingMoney } from '../pricing.ts'
import { flagsQuery } from '../queries.ts'
import { isOutOfFunds } from '../status.ts'
import { judgmentFlagsQuery } from '../tasks/judgment-flags.ts'

type Item = { key: string; title: string; text: ReactNode; urgent?: boolean }

/** What the team has to do before the work can go on. */
export function Waiting({ project }: { project: Project }) {
  const { t } = useTranslation(['projects', 'judgments'])
  const { data } = useQuery(flagsQuery(project.id))
  const questioned = useQuery(judgmentFlagsQuery(project.id, 'open')).data?.items.length ?? 0
  const mayManage = useHasRole('manager', project.organizationId)
  const mayReview = useHasRole('reviewer', project.organizationId)
  const flags = data?.items.filter((flag) => flag.state === 'open').length ?? 0
  const { slots, money } = project.progress
  const params = { projectId: project.id }
  const items: Item[] = []
  if (isOutOfFunds(project)) {
    const missing = missingMoney(slots.open, project.pay.perJudgment, money.free)
    items.push({
      key: 'funds',
      urgent: true,
      title: t('waiting.funds'),
      text: t('waiting.fundsText', { count: slots.open, amount: formatMoney(missing) }),
    })
  }
  if (flags > 0) {
    items.push({
      key: 'flags',
      title: t('waiting.flags', { count: flags }),
      text: <a href="#flags">{t(mayReview ? 'waiting.flagsText' : 'waiting.flagsSee')}</a>,
    })
  }
  if (questioned > 0) {
    items.push({
      key: 'questioned',
      title: t('judgments:list.waiting', { count: questioned }),
      text: <a href="#questioned">{t(mayReview ? 'judgments:list.see' : 'judgments:list.seeOnly')}</a>,
    })
  }
  if (project.state === 'paused') {
    items.push({ key: 'paused', title: t('waiting.paused'), text: t('waiting.pausedText') })
  }
  if (project.state === 'live' && project.progress.tasks > 0 && slots.open + slots.leased === 0) {
    items.push({
      key: 'done',
      title: t('waiting.done'),
      text: (
        <Link to="/projects/$projectId/exports" params={params}>
          {t('waiting.doneText')}
        </Link>
      ),
    })
  }
  return (
    <section aria-labelledby="waiting">
      <div className="section-head">
        <h2 id="waiting">{t(mayManage ? 'waiting.title' : 'waiting.titleTeam')}</h2>
      </div>
      {items.length === 0 ? (
        <p className="faint waiting-none">
          {t(project.state === 'finished' ? 'waiting.noneFinished' : 'waiting.none')}
        </p>
      ) : (
        <ul className="list waiting-list">
          {items.map((item) => (
            <li key={item.key}>
              <h3 className={item.urgent ? 'caution' : undefined}>{item.title}</h3>
              <p>{item.text}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
