import type { Test } from './conditions.ts'
import type { Form, Question } from './form.ts'
import type { FormFault } from './form-faults.ts'

/** What keeps the condition of a question from ever holding, at the test that has to change; paths start at the question. */
export function conditionFaults(form: Form, question: Question, index: number): FormFault[] {
  const tests = question.showIf?.tests ?? []
  const faults = tests.flatMap((test, place) => {
    const fault = testFault(form, test, index)
    return fault ? [{ path: ['showIf', 'tests', place, fault.field], message: fault.message }] : []
  })
  return faults.length > 0 || question.showIf?.match === 'any' ? faults : contradictions(form, tests)
}

function testFault(form: Form, test: Test, index: number): { field: string; message: string } | undefined {
  const at = form.questions.findIndex(({ id }) => id === test.question)
  const other = form.questions[at]
  if (!other) return { field: 'question', message: `There is no question "${test.question}".` }
  if (at >= index)
    return { field: 'question', message: `"${other.label}" has to stand before this question.` }
  const values = valuesOf(other)
  if (test.op === 'at_least' || test.op === 'at_most') {
    if (other.type !== 'scale')
      return { field: 'op', message: `"${other.label}" has no number to compare with.` }
    const points = other.points.map(({ value }) => value)
    const reached = points.some((point) => holds(test, point))
    return reached
      ? undefined
      : {
          field: 'value',
          message: `"${other.label}" goes from ${Math.min(...points)} to ${Math.max(...points)} and can never be ${test.op === 'at_least' ? 'at least' : 'at most'} ${test.value}.`,
        }
  }
  if (test.op === 'answered' || !values || values.includes(test.value)) return undefined
  return { field: 'value', message: `"${other.label}" can never be ${JSON.stringify(test.value)}.` }
}

/** Tests that all have to hold, and of which each could by itself: one value has to do for all that are about one question. */
function contradictions(form: Form, tests: readonly Test[]): FormFault[] {
  for (const [place, { question }] of tests.entries()) {
    const other = form.questions.find(({ id }) => id === question)
    const values = other && hasOneValue(other) ? valuesOf(other) : undefined
    if (!other || !values) continue
    const about = tests.slice(0, place + 1).filter((test) => test.question === question)
    if (!values.some((value) => about.every((test) => holds(test, value))))
      return [
        {
          path: ['showIf', 'tests', place, 'value'],
          message: `No answer to "${other.label}" fits this and the conditions before it. Ask for any of them, or change one.`,
        },
      ]
  }
  return []
}

/** One value an answer, of the whole task; of questions asked of several parts, each part may have its own. */
const hasOneValue = (question: Question) =>
  (question.type === 'preference' || question.type === 'scale' || question.type === 'choice') &&
  (!('each' in question) || question.each === undefined || question.each === 'task')

function holds(test: Test, value: string | number): boolean {
  switch (test.op) {
    case 'answered':
      return true
    case 'is':
    case 'includes':
      return value === test.value
    case 'is_not':
      return value !== test.value
    case 'at_least':
      return typeof value === 'number' && value >= test.value
    case 'at_most':
      return typeof value === 'number' && value <= test.value
  }
}

/** All that a question can be compared by; undefined when that is open. */
function valuesOf(question: Question): (string | number)[] | undefined {
  const values = (options: readonly { value: string }[]) => options.map(({ value }) => value)
  switch (question.type) {
    case 'preference':
      return ['a', 'b', ...question.ties]
    case 'scale':
      return [...question.points.map(({ value }) => value), ...(question.notApplicable ? ['na'] : [])]
    case 'choice':
    case 'multichoice':
      return values(question.options)
    case 'spans':
      return values(question.categories)
    case 'boxes':
      return values(question.labels)
    case 'sources':
      return values(question.verdicts)
    case 'steps':
      return [1, 0, -1]
    default:
      return undefined
  }
}
