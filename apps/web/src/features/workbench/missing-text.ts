import type { ShownTask } from '@groundwork/contract'
import { countWords } from '@groundwork/contract/checks'
import { useTranslation } from '../../i18n/react.ts'
import { useTargetName } from '../../ui/task/target-name.ts'
import type { Missing } from './missing.ts'

/** Says what misses in words, such as "12 more words in “Why?”" or "a source for claim 1 in “Claims”". */
export function useMissingText(task: ShownTask): (missing: Missing) => string {
  const { t } = useTranslation('missing')
  const nameOf = useTargetName(task)
  return (missing) => {
    const { question, target, code, path, message } = missing
    const label =
      target === undefined
        ? `“${question.label}”`
        : t('of', { label: question.label, target: nameOf(target) })
    const item = path.findIndex((part) => /^\d+$/.test(part))
    const number = item < 0 ? 0 : Number(path[item]) + 1
    const count = countOf(missing, task)
    const named = { label, number, count }
    switch (code) {
      case 'required':
        if (path[0] === 'axes' && question.type === 'preference') {
          const axis = question.axes?.find(({ id }) => id === path[1])
          return t('axis', { label, axis: axis?.label ?? path[1] })
        }
        if (question.type === 'text' && question.minWords > 1) {
          return t('words_all', { label, count: question.minWords })
        }
        if (number > 0) return t(`field.${fieldOf(path.at(-1))}`, named)
        return t('required', named)
      case 'too_few_words':
        return t(number > 0 ? 'words_in' : 'words', named)
      case 'too_many_words':
      case 'too_long':
      case 'too_few':
      case 'too_many':
      case 'not_all_ranked':
      case 'steps_open':
      case 'nothing_marked':
      case 'source_missing':
      case 'no_address':
      case 'unchanged':
        return t(`${code}`, named)
      case 'strength_mismatch':
        // The overall preference is open while an axis has one.
        return t('required', named)
      case 'empty':
        return t(number > 0 ? 'empty_in' : 'required', named)
      case 'value_not_offered':
        if (number > 0) return t(`field.${fieldOf(path.at(-1))}`, named)
        return t('wrong', { label, message })
      default:
        return t('wrong', { label, message })
    }
  }
}

const fields = ['severity', 'category', 'comment', 'better', 'verdict', 'label'] as const
const fieldOf = (name: string | undefined) => fields.find((field) => field === name) ?? 'label'

/** How many are wanted, or are too many: words, characters, marks, responses. */
function countOf({ question, code, value, path }: Missing, task: ShownTask): number {
  const list = (name: string): unknown[] => {
    const found =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
    return Array.isArray(found) ? found : []
  }
  const text = typeof value === 'string' ? value : ''
  const most = 'max' in question ? (question.max ?? 0) : 0
  switch (question.type) {
    case 'text':
      if (code === 'too_few_words') return Math.max(question.minWords, 1) - countWords(text)
      return code === 'too_long'
        ? text.length - question.maxCharacters
        : countWords(text) - (question.maxWords ?? 0)
    case 'rewrite': {
      const rewritten = String((value as { text?: unknown } | undefined)?.text ?? '')
      return code === 'too_long'
        ? rewritten.length - question.maxCharacters
        : question.minWords - countWords(rewritten)
    }
    case 'multichoice': {
      const chosen = Array.isArray(value) ? value.length : 0
      return code === 'too_few' ? question.min - chosen : chosen - most
    }
    case 'ranking':
      return task.candidates.length - list('ranks').length
    case 'steps': {
      const labels = list('steps').map((step) => (step as { label?: unknown }).label)
      const first = question.mode === 'first_error' ? labels.indexOf(-1) : -1
      return labels.slice(0, first < 0 ? undefined : first).filter((label) => label === null).length
    }
    case 'spans':
      return list('spans').length - most
    case 'boxes':
      return list('boxes').length - most
    case 'sources':
      return code === 'too_few' ? question.minClaims - list('claims').length : list('claims').length - most
    case 'turns': {
      const messages = list('messages')
      if (code === 'too_few_words') {
        const said = messages[Number(path[1])] as { text?: unknown } | undefined
        return question.minWords - countWords(String(said?.text ?? ''))
      }
      return code === 'too_few' ? question.min - messages.length : messages.length - most
    }
    default:
      return 0
  }
}
