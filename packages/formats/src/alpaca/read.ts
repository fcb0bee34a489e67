import { type Message, textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { optionalText, type ReadContext, wantedText } from '../content/fields.ts'
import { otherFields, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'
import { thumbOf } from '../llama-factory/kto-tag.ts'

/** Alpaca's instructions, with an answer to learn, or (LLaMA-Factory's `kto_tag`) one with a thumb. */
export function readAlpaca(row: Row, context: ReadContext): Feedback {
  const task = buildTask({
    context: readInstruction(row, context),
    answers: [{ messages: saying([textMessage('assistant', wantedText(row, 'output'))], 'output') }],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, [...instructionFields, 'output', 'kto_tag', 'id']),
  })
  return { task, annotations: [{ verdict: thumbOf(row) ?? { type: 'demonstration', candidate: 'a' } }] }
}

export const instructionFields = ['instruction', 'input', 'system', 'history'] as const

/** What comes before the answer. Instruction and input become one turn, joined by a line end as loaders of the format join them. */
export function readInstruction(row: Row, context: ReadContext): Message[] {
  const input = optionalText(row, 'input')
  const instruction = wantedText(row, 'instruction')
  if (input !== undefined) {
    context.notes.once(
      'input_joined',
      '"instruction" and "input" become one message; written back, it is all instruction.',
    )
  }
  const system = optionalText(row, 'system')
  const turn = textMessage('user', input === undefined ? instruction : `${instruction}\n${input}`)
  return [
    ...(system === undefined ? [] : [textMessage('system', system)]),
    ...readHistory(row.history),
    ...saying([turn], 'instruction'),
  ]
}

export function detectAlpaca(row: Row): string | null {
  const fits = typeof row.instruction === 'string' && typeof row.output === 'string'
  return fits ? '`instruction` and `output` stand beside each other: Alpaca' : null
}

function readHistory(value: unknown) {
  if (value === undefined || value === null || value === '') return []
  if (!Array.isArray(value))
    throw new RowFault('wrong_type', '"history" has to be a list of [question, answer].')
  return value.flatMap((each, index) => {
    const [question, answer]: unknown[] = Array.isArray(each) ? each : []
    if (typeof question !== 'string' || typeof answer !== 'string') {
      throw new RowFault('wrong_type', `"history[${index}]" has to be [question, answer], both text.`)
    }
    const path = `history[${index}]`
    return [textMessage('user', checkText(question, path)), textMessage('assistant', checkText(answer, path))]
  })
}
