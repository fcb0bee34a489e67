import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { toolsOf } from '../feedback/tools.ts'
import { chatMessages } from '../trl-preference/chat-message.ts'

/** `{"messages": […]}`, with the prompt and the demonstration in one list. */
export const writeTrlSft: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    out.row({
      messages: chatMessages([...context, ...answer], out),
      ...imagesOf(context, out),
      ...toolsOf(feedback.task, out),
    })
  }
}
