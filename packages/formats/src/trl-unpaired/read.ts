import type { Row } from '../container/records.ts'
import { kindOf } from '../content/check.ts'
import { type ReadContext, readTurns, wanted } from '../content/fields.ts'
import { otherFields, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** One answer with a thumb up or down, for KTO and BCO. */
export function readTrlUnpaired(row: Row, context: ReadContext): Feedback {
  const prompt = readTurns(wanted(row, 'prompt'), 'prompt', 'user', context)
  const completion = readTurns(wanted(row, 'completion'), 'completion', 'assistant', context)
  const task = buildTask({
    context: saying(prompt, 'prompt'),
    answers: [{ messages: completion }],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'completion', 'label', 'id']),
  })
  return {
    task,
    annotations: [{ verdict: { type: 'thumb', candidate: 'a', good: readLabel(row) } }],
  }
}

export function detectTrlUnpaired(row: Row): string | null {
  const fits = row.prompt !== undefined && row.completion !== undefined && typeof row.label === 'boolean'
  return fits ? '`prompt` and `completion` have a true or false `label`: TRL unpaired preference (KTO)' : null
}

function readLabel(row: Row): boolean {
  const value = wanted(row, 'label')
  if (typeof value === 'boolean') return value
  throw new RowFault('wrong_type', `"label" is ${kindOf(value)}; it has to be true or false.`)
}
