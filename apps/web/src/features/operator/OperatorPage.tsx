import { useSuspenseQuery } from '@tanstack/react-query'
import { useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'
import { useTitle } from '../../ui/use-title.ts'
import { Health } from './Health.tsx'
import { MailList } from './MailList.tsx'
import { PeopleList } from './PeopleList.tsx'
import { healthQuery, overviewQuery } from './queries.ts'
import './operator.css'

/** The instance: whether it works, who is here, and what its mail is waiting for. */
export function OperatorPage() {
  const { t } = useTranslation('operator')
  useTitle(t('title'))
  if (!useMe().user.operator)
    return (
      <>
        <h1>{t('title')}</h1>
        <Empty title={t('notOperator.title')}>{t('notOperator.body')}</Empty>
      </>
    )
  return <Instance />
}

function Instance() {
  const { t } = useTranslation('operator')
  const { data: overview } = useSuspenseQuery(overviewQuery)
  const { data: health } = useSuspenseQuery(healthQuery)
  const { counts } = overview
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
        <span className={health.status === 'ok' && health.jobs.ok ? 'state good' : 'state bad'}>
          {t(health.status === 'ok' && health.jobs.ok ? 'state.ok' : 'state.degraded')}
        </span>
      </div>
      <p className="lede operator-lede">{t(sentence(health), { count: health.jobs.failed })}</p>
      <dl className="facts">
        {(['users', 'trainers', 'organizations', 'projects', 'judgments'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`counts.${kind}`)}</dt>
            <dd>{formatNumber(counts[kind])}</dd>
          </div>
        ))}
      </dl>
      <Health health={health} mail={overview.mail.configured} />
      <PeopleList />
      <MailList configured={overview.mail.configured} />
    </>
  )
}

function sentence(health: {
  database: { ok: boolean }
  migrations: { pending: number }
  jobs: { failed: number }
}) {
  if (!health.database.ok) return 'lede.noDatabase'
  if (health.migrations.pending > 0) return 'lede.pending'
  return health.jobs.failed > 0 ? 'lede.failed' : 'lede.ok'
}
