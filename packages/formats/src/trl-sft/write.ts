import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { toolsOf } from '../feedback/tools.ts'
import { chatMessages } from '../trl-preference/chat-message.ts'

/** `{"messages": […]}`, with the prompt and the demonstration in one list. A bare text could not say where the answer starts, so a plain set has no rows. */
export const writeTrlSft: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    if (out.options.plain) out.drop('not_plain_text')
    else {
      const messages = chatMessages([...context, ...answer], out)
      if (messages) out.row({ messages, ...imagesOf(context, out), ...toolsOf(feedback.task, out) })
    }
  }
}
