import { textMessage } from '@groundwork/contract'
import { instructionFields, readInstruction } from '../alpaca/read.ts'
import { isRow, type Row } from '../container/records.ts'
import { optionalText, type ReadContext, wanted, wantedText } from '../content/fields.ts'
import { otherFields, pairTask, readExternalId, saying } from '../content/pair.ts'
import type { Feedback } from '../feedback/feedback.ts'
import { isTurns, readTurn, readTurns } from '../sharegpt/read.ts'

/** LLaMA-Factory's preference rows: a conversation as ShareGPT writes it or an instruction as Alpaca does, and two answers to it. */
export function readLlamaFactory(row: Row, context: ReadContext): Feedback {
  return pairTask({
    ...('conversations' in row ? conversationParts(row) : instructionParts(row, context)),
    externalId: readExternalId(row.id, 'id'),
    gold: 'a',
  })
}

function conversationParts(row: Row) {
  const system = optionalText(row, 'system')
  return {
    context: [
      ...(system === undefined ? [] : [textMessage('system', system)]),
      ...readTurns(wanted(row, 'conversations'), 'conversations'),
    ],
    a: [readTurn(wanted(row, 'chosen'), 'chosen')],
    b: [readTurn(wanted(row, 'rejected'), 'rejected')],
    metadata: otherFields(row, ['conversations', 'system', 'chosen', 'rejected', 'id']),
  }
}

function instructionParts(row: Row, context: ReadContext) {
  return {
    context: readInstruction(row, context),
    a: saying([textMessage('assistant', wantedText(row, 'chosen'))], 'chosen'),
    b: saying([textMessage('assistant', wantedText(row, 'rejected'))], 'rejected'),
    metadata: otherFields(row, [...instructionFields, 'chosen', 'rejected', 'id']),
  }
}

export function detectLlamaFactory(row: Row): string | null {
  const { conversations, instruction, prompt, chosen, rejected } = row
  if (isTurns(conversations) && isRow(chosen) && isRow(rejected))
    return '`conversations` go on with `chosen` or `rejected`: LLaMA-Factory preference'
  const texts = [instruction, chosen, rejected].every((each) => typeof each === 'string')
  return texts && (prompt === undefined || prompt === null)
    ? '`instruction` is answered by `chosen` and `rejected`: LLaMA-Factory preference in the shape of Alpaca'
    : null
}
