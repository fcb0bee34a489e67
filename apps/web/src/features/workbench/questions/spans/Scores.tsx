import type { Span, SpansQuestion } from '@groundwork/contract'
import { useTranslation } from '../../../../i18n/react.ts'
import { scoresOf } from './spans-state.ts'

/** What the marks cost each response, where severities have weights. */
export function Scores({
  question,
  spans,
  candidates,
  nameOf,
}: {
  question: SpansQuestion
  spans: readonly Span[]
  candidates: readonly string[]
  nameOf: (target: string) => string
}) {
  const { t } = useTranslation('marking')
  const scores = scoresOf(question, spans, question.of === 'context' ? ['context'] : candidates)
  if (!scores) return null
  return (
    <dl className="mark-scores">
      {scores.map(({ response, count, points }) => (
        <div key={response}>
          <dt>{scores.length > 1 ? nameOf(response) : t('score')}</dt>
          <dd className="num">
            <b>{t('points', { count: points })}</b> <span className="faint">{t('count', { count })}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
