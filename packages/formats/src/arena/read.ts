import type { PreferenceOutcome } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { shownValue } from '../content/check.ts'
import { splitConversations } from '../content/divergence.ts'
import { optionalText, type ReadContext, wanted, wantedText } from '../content/fields.ts'
import { readMessages } from '../content/messages.ts'
import { otherFields, pairTask, readExternalId, vote } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

const winners: Record<string, PreferenceOutcome> = {
  model_a: 'a',
  model_b: 'b',
  tie: 'tie',
  'tie (bothbad)': 'both_bad',
  both_bad: 'both_bad',
}
const used = [
  'conversation_a',
  'conversation_b',
  'full_conversation',
  'winner',
  'judge',
  'model_a',
  'model_b',
  'question_id',
  'id',
]

/**
 * A battle of Chatbot Arena, in the shape of the 33k or the 140k set. The two conversations share only their beginning: after the
 * first answers each goes its own way, so an answer may be many messages long.
 */
export function readArena(row: Row, context: ReadContext): Feedback {
  const a = readMessages(wanted(row, 'conversation_a'), 'conversation_a', context.notes)
  const b = readMessages(wanted(row, 'conversation_b'), 'conversation_b', context.notes)
  const feedback = pairTask({
    ...splitConversations(a, b),
    models: { a: optionalText(row, 'model_a', 200), b: optionalText(row, 'model_b', 200) },
    externalId: readExternalId(row.id ?? row.question_id, 'id' in row ? 'id' : 'question_id'),
    metadata: otherFields(row, used),
  })
  const by = optionalText(row, 'judge', 200) ?? 'voter'
  feedback.annotations.push({ by, verdict: vote(readWinner(row)) })
  return feedback
}

export function detectArena(row: Row): string | null {
  const fits = Array.isArray(row.conversation_a) && Array.isArray(row.conversation_b) && 'winner' in row
  return fits ? '`conversation_a` and `conversation_b` have a `winner`: Chatbot Arena' : null
}

/** Who won: "tie" and "both bad" in the spellings of all its releases. */
export function readWinner(row: Row): PreferenceOutcome {
  const winner = wantedText(row, 'winner')
  const outcome = Object.hasOwn(winners, winner) ? winners[winner] : undefined
  if (outcome) return outcome
  throw new RowFault(
    'unknown_gold',
    `"winner" is ${shownValue(winner)}; use one of ${Object.keys(winners).join(', ')}.`,
  )
}
