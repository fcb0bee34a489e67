import type { Message, PreferenceOutcome } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { shownValue } from '../content/check.ts'
import { splitConversations } from '../content/divergence.ts'
import { optionalNumber, optionalText, type ReadContext, wanted, wantedText } from '../content/fields.ts'
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
 * A battle of Chatbot Arena, in the shape of the 33k or the 140k set. The two conversations share only their beginning: after the first answers each goes
 * its own way, and a vote at the end is about all of it. So only battles of one exchange are read, unless the choice `battles` wants them whole, with answers
 * that may be many messages long.
 * @throws RowFault `several_turns` for a battle of more exchanges
 */
export function readArena(row: Row, context: ReadContext): Feedback {
  const a = readMessages(wanted(row, 'conversation_a'), 'conversation_a', context.notes)
  const b = readMessages(wanted(row, 'conversation_b'), 'conversation_b', context.notes)
  const whole = context.choices.battles === 'whole'
  const turns = whole ? 1 : turnsVotedOn(row, a, b)
  if (turns > 1) {
    throw new RowFault(
      'several_turns',
      `The vote was given after ${turns} exchanges, in which the two conversations went different ways. Read the file with whole battles to have answers of several messages.`,
    )
  }
  const feedback = pairTask({
    ...splitConversations(whole ? a : firstExchange(a), whole ? b : firstExchange(b)),
    models: { a: optionalText(row, 'model_a', 200), b: optionalText(row, 'model_b', 200) },
    externalId: readExternalId(row.id ?? row.question_id, 'id' in row ? 'id' : 'question_id'),
    metadata: otherFields(row, used),
  })
  const by = optionalText(row, 'judge', 200) ?? 'voter'
  feedback.annotations.push({ by, verdict: vote(readWinner(row)) })
  return feedback
}

/** How many exchanges a vote was about: `turn` says so in the 33k set, in later ones all that the row holds. */
function turnsVotedOn(row: Row, a: Message[], b: Message[]): number {
  const asked = (messages: Message[]) => messages.filter(({ role }) => role === 'user').length
  return optionalNumber(row, 'turn') ?? Math.max(asked(a), asked(b))
}

/** A conversation up to where the person speaks again. */
function firstExchange(messages: Message[]): Message[] {
  const answered = messages.findIndex(({ role }) => role === 'assistant')
  const next = messages.findIndex(({ role }, index) => index > answered && role === 'user')
  return answered === -1 || next === -1 ? messages : messages.slice(0, next)
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
