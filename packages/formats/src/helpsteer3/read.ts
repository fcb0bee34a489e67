import { textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import {
  optionalRows,
  optionalText,
  type ReadContext,
  wanted,
  wantedNumber,
  wantedText,
} from '../content/fields.ts'
import { readMessages } from '../content/messages.ts'
import { otherFields, pairTask, readExternalId, saying, vote } from '../content/pair.ts'
import type { Annotation, Feedback } from '../feedback/feedback.ts'
import { signedVerdict } from './strength.ts'

const used = ['context', 'response1', 'response2', 'overall_preference', 'individual_preference', 'id']

/** HelpSteer3: two answers to a conversation, the overall preference, and what single people scored and said. */
export function readHelpsteer3(row: Row, context: ReadContext): Feedback {
  const { outcome, strength } = signedVerdict(wantedNumber(row, 'overall_preference'), 'overall_preference')
  return pairTask({
    context: readMessages(wanted(row, 'context'), 'context', context.notes),
    a: saying([textMessage('assistant', wantedText(row, 'response1'))], 'response1'),
    b: saying([textMessage('assistant', wantedText(row, 'response2'))], 'response2'),
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, used),
    gold: outcome,
    strength,
    votes: optionalRows(row, 'individual_preference').flatMap(readVote),
  })
}

export function detectHelpsteer3(row: Row): string | null {
  const fits =
    Array.isArray(row.context) && 'response1' in row && 'response2' in row && 'overall_preference' in row
  return fits ? '`response1` and `response2` have an `overall_preference`: HelpSteer3' : null
}

function readVote(row: Row, index: number): Annotation[] {
  const { outcome, strength } = signedVerdict(wantedNumber(row, 'score'), 'score')
  const by = `helpsteer3:${index + 1}`
  const rationale = optionalText(row, 'reasoning')
  const comments = (['feedback1', 'feedback2'] as const).flatMap((field): Annotation[] => {
    const text = optionalText(row, field)
    return text === undefined ? [] : [{ by: `${by}:${field}`, verdict: { type: 'text', text } }]
  })
  return [
    { by, ...(rationale !== undefined && { rationale }), verdict: vote(outcome, strength) },
    ...comments,
  ]
}
