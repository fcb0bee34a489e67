import type { Row } from '../container/records.ts'
import { optionalNumber, optionalText, wanted } from '../content/fields.ts'
import { otherFields, readExternalId } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { type Feedback, splitAnswer } from '../feedback/feedback.ts'
import { readTranscript } from '../hh-rlhf/read.ts'

/** The red-team attacks of HH: a transcript, and how far the attack succeeded (0 to 4 in `rating`, by the attacker). */
export function readHhRedTeam(row: Row): Feedback {
  const { context, answer } = splitAnswer(readTranscript(wanted(row, 'transcript'), 'transcript'))
  const task = buildTask({
    context,
    answers: [{ messages: answer }],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['transcript', 'rating', 'tags', 'id']),
  })
  const tags = Array.isArray(row.tags) ? row.tags.filter((each) => typeof each === 'string') : []
  const rationale = optionalText(row, 'task_description')
  return {
    task,
    annotations: [
      {
        ...(rationale !== undefined && { rationale }),
        verdict: { type: 'redteam', success: optionalNumber(row, 'rating') ?? null, tags },
      },
    ],
  }
}

export function detectHhRedTeam(row: Row): string | null {
  const fits = typeof row.transcript === 'string' && 'rating' in row
  return fits ? '`transcript` has a `rating` of the attack: HH red-team attempts' : null
}
