import type { ChoiceQuestion, MultichoiceQuestion, ScaleAnswer, ScaleQuestion } from '@groundwork/contract'
import { between, one, some } from './draw.ts'
import type { Draw } from './random-answer.ts'

/** Of how many options somebody chooses at most, unless more are wanted. */
const FEW = 3

export const randomScale = ({ points, notApplicable }: ScaleQuestion, { random }: Draw): ScaleAnswer =>
  notApplicable && random() < 0.05 ? 'na' : one(random, points).value

export const randomChoice = ({ options }: ChoiceQuestion, { random }: Draw): string =>
  one(random, options).value

export function randomMultichoice({ options, min, max }: MultichoiceQuestion, { random }: Draw): string[] {
  const most = Math.min(max ?? options.length, options.length, Math.max(min, FEW))
  const chosen = some(random, options, between(random, min, most)).map(({ value }) => value)
  // In the order of the form, as people tick them.
  return options.map(({ value }) => value).filter((value) => chosen.includes(value))
}
