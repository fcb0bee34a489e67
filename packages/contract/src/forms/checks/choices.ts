import type { z } from 'zod'
import type {
  ChoiceQuestion,
  choiceAnswer,
  MultichoiceQuestion,
  multichoiceAnswer,
} from '../questions/choice.ts'
import type { ScaleAnswer, ScaleQuestion } from '../questions/scale.ts'
import { type Check, issue, ofEach } from './issues.ts'

export const checkScale: Check<ScaleQuestion, ScaleAnswer> = (question, value, path) => {
  if (value === 'na') {
    return question.notApplicable
      ? []
      : [issue(path, 'value_not_offered', 'This question does not offer "does not apply".')]
  }
  if (question.points.some((point) => point.value === value)) return []
  const offered = question.points.map((point) => point.value).join(', ')
  return [issue(path, 'value_not_offered', `${value} is not on the scale: ${offered}.`)]
}

export const checkChoice: Check<ChoiceQuestion, z.infer<typeof choiceAnswer>> = (question, value, path) =>
  question.options.some((option) => option.value === value)
    ? []
    : [issue(path, 'value_not_offered', `"${value}" is not one of the options.`)]

export const checkMultichoice: Check<MultichoiceQuestion, z.infer<typeof multichoiceAnswer>> = (
  question,
  value,
  path,
) => {
  const seen = new Set<string>()
  const wrong = ofEach(value, path, (each, at) => {
    const twice = seen.has(each)
    seen.add(each)
    if (twice) return [issue(at, 'chosen_twice', `"${each}" is chosen twice.`)]
    return question.options.some((option) => option.value === each)
      ? []
      : [issue(at, 'value_not_offered', `"${each}" is not one of the options.`)]
  })
  if (value.length < question.min) {
    wrong.push(issue(path, 'too_few', `Choose at least ${question.min}; ${value.length} are chosen.`))
  }
  if (question.max !== undefined && value.length > question.max) {
    wrong.push(issue(path, 'too_many', `Choose at most ${question.max}; ${value.length} are chosen.`))
  }
  return wrong
}
