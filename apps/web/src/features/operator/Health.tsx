import { useTranslation } from '../../i18n/react.ts'
import { Table } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'
import type { Health as HealthAnswer } from './queries.ts'

/** The parts of the instance and how each is. */
export function Health({ health, mail }: { health: HealthAnswer; mail: boolean }) {
  const { t } = useTranslation('operator')
  const { database, migrations, jobs } = health
  const parts = [
    { part: t('health.server'), good: true, detail: t('health.version', { version: health.version }) },
    {
      part: t('health.database'),
      good: database.ok,
      detail: database.ok
        ? t(database.embedded ? 'health.embedded' : 'health.external', { version: database.version })
        : t('health.noAnswer'),
    },
    {
      part: t('health.migrations'),
      good: migrations.pending === 0 && database.ok,
      detail: t('health.migrated', {
        applied: formatNumber(migrations.applied),
        pending: formatNumber(migrations.pending),
        latest: migrations.latest ?? t('health.none'),
      }),
    },
    {
      part: t('health.jobs'),
      good: jobs.ok,
      detail: t('health.queue', {
        waiting: formatNumber(jobs.waiting),
        running: formatNumber(jobs.running),
        failed: formatNumber(jobs.failed),
      }),
    },
  ]
  return (
    <section className="section" aria-labelledby="health">
      <div className="section-head">
        <h2 id="health">{t('health.title')}</h2>
        <p>{t('health.about')}</p>
      </div>
      <Table caption={t('health.table')} className="two-line health-table">
        <thead>
          <tr>
            <th scope="col">{t('health.part')}</th>
            <th scope="col">{t('health.detail')}</th>
            <th scope="col">{t('health.state')}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ part, good, detail }) => (
            <tr key={part}>
              <td className="strong">{part}</td>
              <td className="muted">{detail}</td>
              <td>
                <span className={good ? 'state good' : 'state bad'}>
                  {t(good ? 'health.works' : 'health.broken')}
                </span>
              </td>
            </tr>
          ))}
          <tr>
            <td className="strong">{t('health.mail')}</td>
            <td className="muted">{t(mail ? 'health.mailOn' : 'health.mailOff')}</td>
            <td>
              <span className={mail ? 'state good' : 'state'}>{t(mail ? 'health.works' : 'health.off')}</span>
            </td>
          </tr>
        </tbody>
      </Table>
    </section>
  )
}
