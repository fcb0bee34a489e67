import type { Answer, Form, Question, ShownTask } from '@groundwork/contract'
import { type AskedValue, checkValue, issuesOf, targetsOf, withoutUnasked } from '@groundwork/contract/checks'
import { placeId } from './places.ts'

/** Why an answer is not complete yet. */
export type Missing = {
  /** Id of the place where it is mended (`placeId`). */
  place: string
  question: Question
  /** Of which response or message, where the question is asked of each. */
  target: string | undefined
  /** The contract's code of what is wrong, such as `required` or `too_few_words`. */
  code: string
  /** What stands between the value and the fault, such as `['claims', '0', 'sources']` or `['axes', 'accuracy']`. */
  path: string[]
  /** The value at the place, as it is. */
  value: unknown
  /** In English, for the codes that have no text of their own. */
  message: string
}

/**
 * What still misses before an answer can be submitted, in the order of the form. It decides as the contract's `validateAnswer` does about
 * what would be submitted (a test holds them together) without loading the schemas: the shapes are those that the questions themselves write.
 */
export function missingOf(form: Form, answer: Answer, task: ShownTask): Missing[] {
  const submitted = withoutUnasked(form, answer)
  return issuesOf(form, submitted, task, (asked) => check(asked, task)).flatMap(({ path, code, message }) => {
    const [, id = '', ...rest] = path.split('.')
    const question = form.questions.find((each) => each.id === id)
    if (!question) return []
    const value = submitted[id]
    const targets = targetsOf(question, task)
    const target = targets && targetOf(rest.join('.'), targets)
    const below = target === undefined ? rest : rest.slice(target.split('.').length)
    return {
      place: placeId(id, target ?? targets?.[0]),
      question,
      target,
      code,
      path: below,
      value: target === undefined ? value : (value as Record<string, unknown> | undefined)?.[target],
      message,
    }
  })
}

/** The target that a path begins with; ids of responses may hold dots. */
function targetOf(path: string, targets: readonly string[]): string | undefined {
  return targets
    .filter((each) => path === each || path.startsWith(`${each}.`))
    .sort((one, other) => other.length - one.length)[0]
}

/** A draft from elsewhere may have any shape; what cannot even be read has to be answered anew. */
function check({ question, value, path }: AskedValue, task: ShownTask) {
  try {
    return checkValue(question, value, path, task)
  } catch {
    return [{ path, code: 'unreadable', message: 'This answer cannot be read; give it again.' }]
  }
}

/** Name of the part of a question where it is mended, as its view marks it by `data-part`: `axes.accuracy`, `claims.0`. */
export const partOf = ({ path }: Missing): string | undefined =>
  path.length > 1 ? path.slice(0, 2).join('.') : undefined
