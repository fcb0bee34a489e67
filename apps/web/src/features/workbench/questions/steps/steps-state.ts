import type { StepsAnswer, StepsQuestion } from '@groundwork/contract'

export type Label = 1 | 0 | -1

/** What the trainer gave for one step. Kept whole, even where the answer leaves it out: it is there again when it counts again. */
export type Given = { readonly label: Label | null; readonly better: string; readonly comment: string }

const nothing: Given = { label: null, better: '', comment: '' }

/** What was given according to a value; of another response's steps, or of a half-finished value, nothing. */
export function givenOf(value: unknown, candidate: string, steps: readonly string[]): Given[] {
  const answer = value as Partial<StepsAnswer> | null | undefined
  const fits =
    typeof answer === 'object' &&
    answer?.candidate === candidate &&
    answer.steps?.length === steps.length &&
    answer.steps.every((step, index) => step.text === steps[index])
  return steps.map((_, index) => {
    const step = fits ? answer?.steps?.[index] : undefined
    return step ? { label: step.label, better: step.better ?? '', comment: step.comment ?? '' } : nothing
  })
}

/** Index of the last step that is judged: the first that is wrong where that ends it, else the last of all. */
export function lastAsked(given: readonly Given[], mode: StepsQuestion['mode']): number {
  const wrong = mode === 'first_error' ? given.findIndex(({ label }) => label === -1) : -1
  return wrong >= 0 ? wrong : given.length - 1
}

/** How many of the steps that are asked have a label. */
export function progressOf(given: readonly Given[], mode: StepsQuestion['mode']) {
  const asked = given.slice(0, lastAsked(given, mode) + 1)
  return { done: asked.filter(({ label }) => label !== null).length, count: asked.length }
}

/** The next step without a label after this one, else the first before it; null when all are judged. */
export function nextOpen(given: readonly Given[], mode: StepsQuestion['mode'], from: number): number | null {
  const end = lastAsked(given, mode)
  const open = (index: number) => index <= end && given[index]?.label === null
  const after = given.findIndex((_, index) => index > from && open(index))
  const found = after >= 0 ? after : given.findIndex((_, index) => open(index))
  return found >= 0 ? found : null
}

/**
 * The answer as the contract has it: nothing is said of steps after the first error, and a better step only of one that is wrong.
 * Undefined while nothing was given.
 */
export function answerOf(
  question: Pick<StepsQuestion, 'mode' | 'better'>,
  candidate: string,
  steps: readonly string[],
  given: readonly Given[],
): StepsAnswer | undefined {
  if (given.every((each) => each.label === null && each.better === '' && each.comment === ''))
    return undefined
  const end = lastAsked(given, question.mode)
  return {
    candidate,
    steps: steps.map((text, index) => {
      const { label, better, comment } = (index <= end && given[index]) || nothing
      return {
        text,
        label,
        ...(label === -1 && question.better !== 'none' && better.trim() !== '' ? { better } : {}),
        ...(comment.trim() !== '' ? { comment } : {}),
      }
    }),
  }
}
