import { demonstrationsOf } from '../feedback/demonstrations.ts'
import type { WriteRows } from '../feedback/out.ts'
import { openaiToolsOf } from '../feedback/tools.ts'
import { openaiMessages } from './openai-message.ts'

/** `{"messages", "tools"?}`; the last message is the assistant's. */
export const writeOpenaiSft: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    const messages = openaiMessages([...context, ...answer], out)
    if (messages) out.row({ messages, ...openaiToolsOf(feedback.task, out) })
  }
}
