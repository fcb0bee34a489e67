import type { Row } from '../container/records.ts'
import { type ReadContext, readTurns, wanted } from '../content/fields.ts'
import { looksLikeMessages } from '../content/messages.ts'
import { otherFields, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** A prompt that nobody has answered yet. */
export function readTrlPromptOnly(row: Row, context: ReadContext): Feedback {
  const task = buildTask({
    context: saying(readTurns(wanted(row, 'prompt'), 'prompt', 'user', context), 'prompt'),
    answers: [],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'id']),
  })
  return { task, annotations: [] }
}

/** Fields that somebody's answer stands in. */
const answerField =
  /^(completions?|responses?|answers?|outputs?|chosen|rejected|conversation|label)([_ ]?[ab\d])?$/i

export function detectTrlPromptOnly(row: Row): string | null {
  const answered = Object.keys(row).some((key) => answerField.test(key))
  const fits = !answered && (typeof row.prompt === 'string' || looksLikeMessages(row.prompt))
  return fits ? '`prompt` stands without an answer: TRL prompt-only' : null
}
