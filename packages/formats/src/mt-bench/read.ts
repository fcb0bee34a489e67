import { readWinner } from '../arena/read.ts'
import type { Row } from '../container/records.ts'
import { splitConversations } from '../content/divergence.ts'
import { optionalText, type ReadContext, wanted, wantedNumber } from '../content/fields.ts'
import { readMessages } from '../content/messages.ts'
import { otherFields, pairTask, vote } from '../content/pair.ts'
import type { Feedback } from '../feedback/feedback.ts'

const used = [
  'conversation_a',
  'conversation_b',
  'winner',
  'judge',
  'model_a',
  'model_b',
  'question_id',
  'turn',
]

/** A human judgment of MT-bench. `turn` says which turn was judged; what comes after it was not, and is left out. */
export function readMtBench(row: Row, context: ReadContext): Feedback {
  const turn = wantedNumber(row, 'turn')
  const judged = (field: string) => readMessages(wanted(row, field), field, context.notes).slice(0, turn * 2)
  const feedback = pairTask({
    ...splitConversations(judged('conversation_a'), judged('conversation_b')),
    models: { a: optionalText(row, 'model_a', 200), b: optionalText(row, 'model_b', 200) },
    metadata: { ...otherFields(row, used), question_id: row.question_id, turn },
  })
  const by = optionalText(row, 'judge', 200) ?? 'voter'
  feedback.annotations.push({ by, verdict: vote(readWinner(row)) })
  return { ...feedback, groupId: `mt-bench:${row.question_id}` }
}

export function detectMtBench(row: Row): string | null {
  const fits = Array.isArray(row.conversation_a) && 'turn' in row && typeof row.question_id === 'number'
  return fits
    ? '`conversation_a` and `conversation_b` were judged at a `turn`: MT-bench human judgments'
    : null
}
