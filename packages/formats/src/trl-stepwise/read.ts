import { textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { wanted, wantedText } from '../content/fields.ts'
import { otherFields, readExternalId } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import type { Feedback, Verdict } from '../feedback/feedback.ts'

/** A solution in steps, each right or wrong. The steps are the parts of the answer's message. */
export function readTrlStepwise(row: Row): Feedback {
  const texts = wanted(row, 'completions')
  const labels = wanted(row, 'labels')
  if (!isTexts(texts) || !Array.isArray(labels) || !labels.every((each) => typeof each === 'boolean')) {
    throw new RowFault(
      'wrong_type',
      '"completions" has to be a list of texts, "labels" a list of true and false.',
    )
  }
  if (texts.length !== labels.length || texts.length === 0) {
    throw new RowFault(
      'wrong_type',
      `There are ${texts.length} steps and ${labels.length} labels; each step needs one.`,
    )
  }
  const task = buildTask({
    context: [textMessage('user', wantedText(row, 'prompt'))],
    answers: [{ messages: [stepsMessage(texts)] }],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'completions', 'labels', 'id']),
  })
  const steps: Extract<Verdict, { type: 'steps' }>['steps'] = texts.map((text, index) => ({
    text,
    label: labels[index] === true ? 1 : -1,
  }))
  return { task, annotations: [{ verdict: { type: 'steps', candidate: 'a', steps } }] }
}

/** An answer whose parts are the steps of a solution. */
export function stepsMessage(texts: readonly string[]) {
  return {
    role: 'assistant' as const,
    parts: texts.map((text, index) => ({
      type: 'text' as const,
      text: checkText(text, `step ${index + 1}`),
    })),
  }
}

export function detectTrlStepwise(row: Row): string | null {
  const fits = typeof row.prompt === 'string' && isTexts(row.completions) && Array.isArray(row.labels)
  return fits ? '`completions` are steps with `labels`: TRL stepwise supervision (PRM)' : null
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
