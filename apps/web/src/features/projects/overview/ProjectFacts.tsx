import type { Project } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import {
  formatClock,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRoundMoney,
} from '../../../ui/format.ts'
import { formatShare } from '../figures.ts'
import { isZero } from '../pricing.ts'

/** The five figures of a project, each with what qualifies it. */
export function ProjectFacts({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { progress, pay } = project
  const { agreement, confidence, money, gold, medianSeconds, trueWage } = progress
  const average = progress.judgments / Math.max(1, progress.tasks)
  return (
    <dl className="facts">
      <div>
        <dt>{t('facts.done')}</dt>
        <dd>
          {formatNumber(progress.tasksDone)}{' '}
          <small>{t('facts.ofTasks', { count: progress.tasks, number: formatNumber(progress.tasks) })}</small>
        </dd>
        <dd className="sub">
          <Bar share={progress.tasksDone / Math.max(1, progress.tasks)} />
          {t('facts.judgments', {
            count: progress.judgments,
            number: formatNumber(progress.judgments),
            average: formatNumber(average, 1),
          })}
        </dd>
      </div>
      <div>
        <dt>{t('facts.agreement')}</dt>
        <dd>{agreement?.percent == null ? '–' : formatPercent(agreement.percent)}</dd>
        <dd className="sub">
          {agreement?.percent == null
            ? t('facts.noAgreement')
            : agreement.alpha === null
              ? t('facts.pairs')
              : t('facts.alpha', { value: formatShare(agreement.alpha) })}
        </dd>
      </div>
      <div>
        <dt>{t('facts.confidence')}</dt>
        <dd>
          {confidence == null ? '–' : formatShare(confidence)}{' '}
          {confidence != null && <small>{t('facts.meanShort')}</small>}
        </dd>
        <dd className="sub">
          {gold.judged > 0
            ? t('facts.gold', { correct: formatNumber(gold.correct), judged: formatNumber(gold.judged) })
            : t('facts.confidenceOf')}
        </dd>
      </div>
      <div>
        <dt>{t('facts.spent')}</dt>
        <dd>
          {formatRoundMoney(money.spent)} <small>{t('of', { value: formatRoundMoney(money.funded) })}</small>
        </dd>
        <dd className="sub">
          <Bar share={Number(money.spent.amount) / Math.max(1e-6, Number(money.funded.amount))} />
          {isZero(money.held)
            ? t('facts.free', { amount: formatMoney(money.free) })
            : t('facts.held', { amount: formatMoney(money.held) })}
        </dd>
      </div>
      <div>
        <dt>{t('facts.trueWage')}</dt>
        <dd>
          {trueWage ? formatMoney(trueWage) : '–'} {trueWage && <small>{t('facts.anHour')}</small>}
        </dd>
        <dd className="sub">
          {t('facts.promised', { amount: formatMoney({ amount: pay.hourly, currency: pay.currency }) })}
          {medianSeconds != null && t('facts.median', { time: formatClock(medianSeconds * 1000) })}
        </dd>
      </div>
    </dl>
  )
}

function Bar({ share }: { share: number }) {
  return (
    <span className="bar" aria-hidden="true">
      <i style={{ inlineSize: `${Math.min(100, 100 * share)}%` }} />
    </span>
  )
}
