import { type Candidate, messageText } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback } from '../feedback/feedback.ts'
import type { WriteRows } from '../feedback/out.ts'
import { openaiToolsOf } from '../feedback/tools.ts'
import { openaiMessages } from '../openai-sft/openai-message.ts'

/**
 * `{"messages", "reference_answer"}`: the task's reference, or else the text of a demonstration, or else what is known to be right: the answer to the only
 * question, or a record by question. A known answer speaks of the responses by their ids, so they stand beside it under `candidates`, where a grader finds them
 * as `{{item.candidates}}`.
 */
export const writeOpenaiRft: WriteRows = (feedback, out) => {
  const given = feedback.task.reference ?? demonstratedText(feedback)
  const reference = given ?? knownAnswer(feedback)
  if (reference === undefined || reference === null) return out.drop('no_reference')
  if (feedback.task.context.at(-1)?.role !== 'user') return out.drop('prompt_does_not_end_with_user')
  const messages = openaiMessages(feedback.task.context, out)
  if (!messages) return
  const { candidates } = feedback.task
  const shown = (given === undefined || given === null) && candidates.length > 0
  if (shown) out.note('with_candidates')
  out.row({
    messages,
    reference_answer: reference,
    ...(shown && { candidates: Object.fromEntries(candidates.map((each) => [each.id, textOf(each)])) }),
    ...openaiToolsOf(feedback.task, out),
  })
}

const textOf = ({ messages }: Candidate): string => messages.map(messageText).join('\n\n')

function knownAnswer({ known }: Feedback): unknown {
  const answers = Object.values(known ?? {})
  return answers.length > 1 ? known : answers[0]
}

function demonstratedText(feedback: Feedback): string | undefined {
  const [shown] = countingVerdicts(feedback, 'demonstration')
  const messages = shown && candidateOf(feedback.task, shown.candidate)?.messages
  const last = messages?.at(-1)
  return last && messageText(last)
}
