import type { Row } from '../container/records.ts'
import { type ReadContext, readTurns, wanted } from '../content/fields.ts'
import { otherFields, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** A prompt and the answer to learn, both as text or both as messages. */
export function readTrlPromptCompletion(row: Row, context: ReadContext): Feedback {
  const prompt = readTurns(wanted(row, 'prompt'), 'prompt', 'user', context)
  const completion = readTurns(wanted(row, 'completion'), 'completion', 'assistant', context)
  const task = buildTask({
    context: saying(prompt, 'prompt'),
    answers: [{ messages: saying(completion, 'completion') }],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'completion', 'id']),
  })
  return { task, annotations: [{ verdict: { type: 'demonstration', candidate: 'a' } }] }
}

export function detectTrlPromptCompletion(row: Row): string | null {
  const fits = [row.prompt, row.completion].every((each) => typeof each === 'string' || Array.isArray(each))
  return fits ? '`prompt` and `completion` stand beside each other: TRL prompt-completion' : null
}
