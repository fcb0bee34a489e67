import type { ConsensusValue, Question } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { formatNumber } from '../../../ui/format.ts'
import { isOutcome, lacksMajority, type Part } from '../outcomes.ts'
import { NO_MAJORITY, NONE, UNDECIDED } from './summaries.ts'

/** What values and parts of questions are called. */
export function useNames() {
  const { t } = useTranslation(['results', 'projects', 'common'])

  /** A value of a distribution, or of a summary. */
  const valueName = (question: Question, value: string): string => {
    if (value === UNDECIDED) return t('projects:outcomes.undecided')
    if (value === NO_MAJORITY) return t('noMajority')
    if (question.type === 'preference' && isOutcome(value)) return t(`projects:outcomes.${value}`)
    if (question.type === 'scale') {
      const label = question.points.find((point) => String(point.value) === value)?.label
      return value === 'na' ? t('na') : label ? `${value}, ${label}` : value
    }
    if (question.type === 'steps') return value === NONE ? t('noError') : t('firstError', { number: value })
    if (value === NONE) return t('noneOfThese')
    if (question.type === 'ranking') return responseName(value)
    return optionsOf(question).find((option) => option.value === value)?.label ?? value
  }
  const responseName = (id: string): string =>
    t('common:task.response', { name: id.length === 1 ? id.toUpperCase() : id })

  /** What a part of a question is about; empty for the whole. */
  const partName = (question: Question, { axis, target }: Part): string => {
    if (axis !== undefined) {
      const axes = question.type === 'preference' ? (question.axes ?? []) : []
      return axes.find(({ id }) => id === axis)?.label ?? axis
    }
    return target === undefined ? '' : responseName(target)
  }

  /** A consensus in a few words; empty where there is none. */
  const shortName = (question: Question, consensus: ConsensusValue): string => {
    const { value } = consensus
    if (typeof value === 'number') return formatNumber(value, 2)
    if (typeof value === 'string') return valueName(question, value)
    if (Array.isArray(value))
      return value.length === 0
        ? t(lacksMajority(consensus) ? 'noMajority' : 'noneOfThese')
        : value.map((each) => valueName(question, String(each))).join(', ')
    if (typeof value !== 'object' || value === null) {
      return ['text', 'rewrite', 'turns'].includes(question.type) ? '' : t('projects:outcomes.undecided')
    }
    const list = Object.values(value).find(Array.isArray)
    if (question.type === 'ranking') {
      return (list ?? [])
        .map(({ candidate, rank }) => `${formatNumber(rank)} ${responseName(candidate)}`)
        .join(', ')
    }
    return list ? t('count', { count: list.length }) : ''
  }
  return { valueName, partName, shortName }
}

function optionsOf(question: Question): readonly { value: string; label: string }[] {
  switch (question.type) {
    case 'choice':
    case 'multichoice':
      return question.options
    case 'spans':
      return question.categories
    case 'boxes':
      return question.labels
    case 'sources':
      return question.verdicts
    default:
      return []
  }
}
