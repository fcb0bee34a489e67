import type { Earnings } from '@groundwork/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useMe } from '../../api/session.ts'
import { earningsQuery } from '../../api/work.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty, Time } from '../../ui/bits.tsx'
import { formatDuration, formatMoney } from '../../ui/format.ts'
import { useTitle } from '../../ui/use-title.ts'
import { Days } from './Days.tsx'
import { Statement } from './Statement.tsx'
import './earnings.css'

/** A trainer's money: what is available, what waits, where it came from. */
export function EarningsPage() {
  const { t } = useTranslation('earnings')
  const me = useMe()
  useTitle(t('title'))
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
      </div>
      {me.trainer ? <Balances /> : <Empty title={t('statement.emptyTitle')}>{t('balance.empty')}</Empty>}
    </>
  )
}

function Balances() {
  const { data: earnings } = useSuspenseQuery(earningsQuery)
  return (
    <>
      <Top earnings={earnings} />
      <Facts earnings={earnings} />
      {earnings.week.judgments > 0 && <Days earnings={earnings} />}
      <Statement />
    </>
  )
}

function Top({ earnings: { balances, nextReleaseAt } }: { earnings: Earnings }) {
  const { t } = useTranslation('earnings')
  if (balances.length === 0) return <p className="earn-top muted">{t('balance.empty')}</p>
  const pending = balances.filter(({ pending }) => Number(pending) > 0)
  return (
    <section className="earn-top">
      <p className="sum">
        {balances.map(({ currency, available }) => formatMoney({ amount: available, currency })).join(' + ')}{' '}
        <small>{t('balance.available')}</small>
      </p>
      <p className="says">
        {pending.length > 0
          ? t('balance.inReview', {
              money: pending
                .map(({ currency, pending }) => formatMoney({ amount: pending, currency }))
                .join(' + '),
            })
          : t('balance.nothing')}{' '}
        {nextReleaseAt && <NextRelease at={nextReleaseAt} />}
      </p>
    </section>
  )
}

function NextRelease({ at }: { at: string }) {
  const { t } = useTranslation('earnings')
  const [before = '', after = ''] = t('balance.nextRelease', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <Time at={at} />
      {after}
    </>
  )
}

function Facts({ earnings: { week, balances } }: { earnings: Earnings }) {
  const { t } = useTranslation('earnings')
  return (
    <dl className="facts">
      <div>
        <dt>{t('facts.week')}</dt>
        <dd>{week.earned.map(formatMoney).join(' + ') || '–'}</dd>
        <dd className="sub">{t('facts.weekSub', { count: week.judgments })}</dd>
      </div>
      <div>
        <dt>{t('facts.wage')}</dt>
        <dd>
          {week.trueWage.length > 0 ? (
            <>
              {week.trueWage.map(formatMoney).join(' + ')} <small>{t('facts.wageUnit')}</small>
            </>
          ) : (
            '–'
          )}
        </dd>
        <dd className="sub">{t('facts.wageSub')}</dd>
      </div>
      <div>
        <dt>{t('facts.time')}</dt>
        <dd>{formatDuration(week.activeMs)}</dd>
        <dd className="sub">{t('facts.timeSub')}</dd>
      </div>
      <div>
        <dt>{t('facts.review')}</dt>
        <dd>
          {balances.map(({ currency, pending }) => formatMoney({ amount: pending, currency })).join(' + ') ||
            '–'}
        </dd>
        <dd className="sub">{t('facts.reviewSub')}</dd>
      </div>
    </dl>
  )
}
