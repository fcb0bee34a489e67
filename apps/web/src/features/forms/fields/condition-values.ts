import { i18n } from '../../../i18n/index.ts'
import type { Fields } from '../form-draft.ts'

export type Operator = 'answered' | 'is' | 'is_not' | 'includes' | 'at_least' | 'at_most'

/** How the answer to a question can be compared. */
export function operatorsOf(question: Fields | undefined): Operator[] {
  switch (question?.type) {
    case 'scale':
      return ['answered', 'at_least', 'at_most', 'is', 'is_not']
    case 'multichoice':
    case 'spans':
    case 'boxes':
    case 'steps':
    case 'sources':
      return ['answered', 'includes', 'is_not']
    case 'preference':
    case 'choice':
    case 'text':
      return ['answered', 'is', 'is_not']
    default:
      return ['answered']
  }
}

/** What an answer can be; undefined where it can be anything. */
export function valuesOf(question: Fields): { value: string | number; label: string }[] | undefined {
  const named = (list: unknown) =>
    (Array.isArray(list) ? (list as Fields[]) : []).map((each) => ({
      value: each.value as string | number,
      label: String(each.label || each.value),
    }))
  const t = (key: string) => i18n.t(`forms:condition.values.${key}` as 'forms:condition.values.a')
  switch (question.type) {
    case 'preference':
      return ['a', 'b', ...(Array.isArray(question.ties) ? (question.ties as string[]) : [])].map(
        (value) => ({
          value,
          label: t(value),
        }),
      )
    case 'scale':
      return [...named(question.points), ...(question.notApplicable ? [{ value: 'na', label: t('na') }] : [])]
    case 'choice':
    case 'multichoice':
      return named(question.options)
    case 'spans':
      return named(question.categories)
    case 'boxes':
      return named(question.labels)
    case 'sources':
      return named(question.verdicts)
    case 'steps':
      return [
        { value: 1, label: t('correct') },
        { value: 0, label: t('neutral') },
        { value: -1, label: t('incorrect') },
      ]
    default:
      return undefined
  }
}
