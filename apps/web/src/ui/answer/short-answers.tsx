import type {
  ChoiceQuestion,
  MultichoiceQuestion,
  PreferenceAnswer as Preference,
  PreferenceQuestion,
  RankingAnswer as Ranking,
  RankingQuestion,
  ScaleQuestion,
} from '@groundwork/contract'
import { Fragment } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { formatNumber } from '../format.ts'
import { useTargetName } from '../task/target-name.ts'
import type { AnswerProps } from './AnswerView.tsx'

type Graded = Pick<Preference, 'outcome' | 'strength'>

/** In words, with a small scale: overall, then each axis. */
export function PreferenceAnswer({ question, value }: AnswerProps<PreferenceQuestion>) {
  const { t } = useTranslation('answer')
  // A consensus is an outcome without a grade.
  if (typeof value === 'string')
    return t(`preference.${value as Preference['outcome']}`, { name: value === 'b' ? 'B' : 'A' })
  const { axes, ...overall } = value as Preference
  const judged = (question.axes ?? []).flatMap(({ id, label }) => {
    const graded = axes?.[id]
    return graded ? [{ id, label, graded }] : []
  })
  if (judged.length === 0) return <Outcome graded={overall} />
  return (
    <dl className="answer-each">
      {[{ id: '', label: t('preference.overall'), graded: overall }, ...judged].map(
        ({ id, label, graded }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              <Outcome graded={graded} />
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** "A is better, clearly", and where that is between the two. */
function Outcome({ graded: { outcome, strength } }: { graded: Graded }) {
  const { t } = useTranslation('answer')
  const size = Math.abs(strength)
  const words = t(`preference.${outcome}`, { name: outcome === 'b' ? 'B' : 'A' })
  return (
    <span className="answer-outcome">
      {(outcome === 'a' || outcome === 'b' || outcome === 'tie') && (
        <span className="mini-scale" aria-hidden="true">
          {[-3, -2, -1, 0, 1, 2, 3].map((place) => (
            <i key={place} data-on={place === strength || undefined} />
          ))}
        </span>
      )}
      {size === 1 || size === 2 || size === 3
        ? t('preference.with', { outcome: words, strength: t(`strengths.${size}`) })
        : words}
    </span>
  )
}

/** Ranks from best to worst, those tied on one line. */
export function RankingAnswer({ value, task }: AnswerProps<RankingQuestion>) {
  const { t } = useTranslation('answer')
  const nameOf = useTargetName(task)
  const { ranks } = value as Ranking
  const tiers = [...new Set(ranks.map(({ rank }) => rank))].sort((one, other) => one - other)
  const left = task.candidates.filter(({ id }) => ranks.every(({ candidate }) => candidate !== id))
  return (
    <ol className="answer-ranks">
      {tiers.map((tier) => (
        <li key={tier}>
          <span className="num strong">{t('ranking.rank', { rank: tier })}</span>{' '}
          {ranks
            .filter(({ rank }) => rank === tier)
            .map(({ candidate }) => nameOf(candidate))
            .join(' = ')}
        </li>
      ))}
      {left.length > 0 && (
        <li className="faint">
          {t('ranking.unranked')}: {left.map(({ id }) => nameOf(id)).join(', ')}
        </li>
      )}
    </ol>
  )
}

/** The point with what it is called; of a mean the figure. */
export function ScaleAnswer({ question, value }: AnswerProps<ScaleQuestion>) {
  const { t } = useTranslation('answer')
  if (value === 'na') return <span className="muted">{t('na')}</span>
  if (typeof value !== 'number') throw new Error('No point of a scale.')
  const label = question.points.find((point) => point.value === value)?.label
  return (
    <span>
      <b className="num">{formatNumber(value, 2)}</b>
      <span className="faint num"> / {formatNumber(question.points.at(-1)?.value ?? 0)}</span>
      {label && ` ${label}`}
    </span>
  )
}

/** What was chosen, each with where it stands in a hierarchy. */
export function ChoiceAnswer({ question, value }: AnswerProps<ChoiceQuestion | MultichoiceQuestion>) {
  const { t } = useTranslation('answer')
  const values = (Array.isArray(value) ? value : [value]).map(String)
  if (values.length === 0) return <span className="muted">{t('noneOfThese')}</span>
  return (
    <span className="answer-chips">
      {values.map((each) => (
        <Fragment key={each}>
          <span className="answer-chip" dir="auto">
            {pathOf(question.options, each)}
          </span>{' '}
        </Fragment>
      ))}
    </span>
  )
}

function pathOf(options: (ChoiceQuestion | MultichoiceQuestion)['options'], value: string): string {
  const option = options.find((each) => each.value === value)
  if (!option) return value
  return option.parent === undefined || option.parent === value
    ? option.label
    : `${pathOf(options, option.parent)} › ${option.label}`
}
