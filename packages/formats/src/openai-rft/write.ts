import { messageText } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback } from '../feedback/feedback.ts'
import type { WriteRows } from '../feedback/out.ts'
import { openaiToolsOf } from '../feedback/tools.ts'
import { openaiMessages } from '../openai-sft/openai-message.ts'

/** `{"messages", "reference_answer"}`: the task's reference, or else the text of a demonstration. */
export const writeOpenaiRft: WriteRows = (feedback, out) => {
  const reference = feedback.task.reference ?? demonstratedText(feedback)
  if (reference === undefined || reference === null) return out.drop('no_reference')
  if (feedback.task.context.at(-1)?.role !== 'user') return out.drop('prompt_does_not_end_with_user')
  const messages = openaiMessages(feedback.task.context, out)
  if (messages) out.row({ messages, reference_answer: reference, ...openaiToolsOf(feedback.task, out) })
}

function demonstratedText(feedback: Feedback): string | undefined {
  const [shown] = countingVerdicts(feedback, 'demonstration')
  const messages = shown && candidateOf(feedback.task, shown.candidate)?.messages
  const last = messages?.at(-1)
  return last && messageText(last)
}
