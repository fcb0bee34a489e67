import { textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import {
  optionalNumber,
  optionalRows,
  optionalText,
  wanted,
  wantedRows,
  wantedText,
} from '../content/fields.ts'
import { otherFields } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import type { Feedback, Verdict } from '../feedback/feedback.ts'
import { stepsMessage } from '../trl-stepwise/read.ts'

type Step = Extract<Verdict, { type: 'steps' }>['steps'][number]

/**
 * PRM800K: a problem solved step by step, several tries for each step, one of them chosen to go on with. Each try that was not chosen gives a
 * task of its own that ends with it, and the chosen path gives the last; all of one problem are one group.
 */
export function readPrm800k(row: Row): Feedback[] {
  const question = rowAt(row, 'question')
  const problem = wantedText(question, 'problem')
  const label = rowAt(row, 'label')
  const tasks: Feedback[] = []
  const path: Step[] = []
  const finish = optionalText(label, 'finish_reason')
  const end = (steps: Step[]) => tasks.push(taskOf(row, question, problem, steps, finish))
  for (const step of wantedRows(label, 'steps')) {
    const tries = optionalRows(step, 'completions')
    const chosen = optionalNumber(step, 'chosen_completion')
    tries.forEach((each, index) => {
      if (index !== chosen) end([...path, readTry(each)])
    })
    const next = chosen === undefined ? humanTry(step) : tries[chosen]
    if (!next) return ended(tasks)
    path.push(readTry(next))
  }
  if (path.length > 0) end(path)
  return ended(tasks)
}

export function detectPrm800k(row: Row): string | null {
  const fits =
    isRow(row.question) && 'problem' in row.question && isRow(row.label) && Array.isArray(row.label.steps)
  return fits ? '`label.steps` hold rated tries for each step of a `question`: PRM800K' : null
}

function ended(tasks: Feedback[]): Feedback[] {
  if (tasks.length > 0) return tasks
  throw new RowFault('missing_field', 'No step of the record has a try with a text.')
}

/** A step that a person wrote, where no model's try was good enough. A step that nobody wrote ends the path. */
function humanTry(step: Row): Row | undefined {
  const written = step.human_completion
  // In the source it is usually there and null: what a person wrote to go on with was not rated, because it is right.
  if (isRow(written)) return { ...written, rating: written.rating ?? 1 }
  return undefined
}

function readTry(row: Row): Step {
  const rating = optionalNumber(row, 'rating') ?? null
  if (rating !== null && rating !== -1 && rating !== 0 && rating !== 1) {
    throw new RowFault('wrong_type', `"rating" is ${rating}; it has to be -1, 0 or 1.`)
  }
  return { text: checkText(wantedText(row, 'text'), 'text'), label: rating }
}

function taskOf(
  row: Row,
  question: Row,
  problem: string,
  steps: Step[],
  finish: string | undefined,
): Feedback {
  const task = buildTask({
    context: [textMessage('user', problem)],
    answers: [{ messages: [stepsMessage(steps.map(({ text }) => text))] }],
    metadata: {
      ...otherFields(row, ['question', 'label']),
      ...otherFields(question, ['problem', 'ground_truth_answer']),
      ...(finish !== undefined && { finish_reason: finish }),
    },
    reference: question.ground_truth_answer ?? undefined,
  })
  return {
    task,
    groupId: `prm800k:${problem}`,
    annotations: [{ verdict: { type: 'steps', candidate: 'a', steps } }],
  }
}

function rowAt(row: Row, field: string): Row {
  const value = wanted(row, field)
  if (isRow(value)) return value
  throw new RowFault('wrong_type', `"${field}" has to be an object.`)
}
