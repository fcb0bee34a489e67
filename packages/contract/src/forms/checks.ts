// What an answer means, apart from its shape. Nothing here needs Zod at run time: the workbench imports this file alone
// (`@groundwork/contract/checks`) and so does not load the schemas.
export { type AskedValue, checkValue, issuesOf } from './checks/check-answer.ts'
export { checkChoice, checkMultichoice, checkScale } from './checks/choices.ts'
export { checkPreference, checkRanking } from './checks/comparisons.ts'
export { comparable, isAsked, withoutUnasked } from './checks/conditions.ts'
export type { Check } from './checks/issues.ts'
export { checkBoxes, checkSources, checkSpans, checkSteps, isWebAddress } from './checks/marks.ts'
export {
  type AnswerTask,
  candidateText,
  eachOf,
  messageTarget,
  partsOf,
  sliceCodePoints,
  stepsOf,
  type TaskPart,
  targetsOf,
} from './checks/task-parts.ts'
export { isUnanswered } from './checks/unanswered.ts'
export { countWords } from './checks/words.ts'
export { workbenchKeys } from './checks/workbench-keys.ts'
export { checkRewrite, checkText, checkTurns } from './checks/writing.ts'
export { asksTheSame, type FormNeeds, formNeeds, taskMisfit } from './task-fit.ts'
