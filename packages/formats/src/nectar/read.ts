import { textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { optionalText, wanted, wantedNumber, wantedRows, wantedText } from '../content/fields.ts'
import { otherFields, readExternalId } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { candidateId, type Feedback } from '../feedback/feedback.ts'
import { readTurnsOfTranscript } from '../hh-rlhf/read.ts'

/** Nectar: a prompt as a transcript that ends with an open "Assistant:" turn, and several answers ranked from 1, the best. */
export function readNectar(row: Row): Feedback {
  const answers = wantedRows(row, 'answers')
  const prompt = readTurnsOfTranscript(wanted(row, 'prompt'), 'prompt')
  const open = prompt.at(-1)?.role === 'assistant' ? prompt.slice(0, -1) : prompt
  const task = buildTask({
    context: open,
    answers: answers.map((each) => ({
      messages: [textMessage('assistant', wantedText(each, 'answer'))],
      model: optionalText(each, 'model', 200),
    })),
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'answers', 'id']),
  })
  const ranks = answers.map((each, index) => ({
    candidate: candidateId(index),
    rank: wantedNumber(each, 'rank'),
  }))
  return { task, annotations: [{ verdict: { type: 'ranking', ranks } }] }
}

export function detectNectar(row: Row): string | null {
  const [first]: unknown[] = Array.isArray(row.answers) ? row.answers : []
  return isRow(first) && 'answer' in first && 'rank' in first ? '`answers` have a `rank`: Nectar' : null
}
