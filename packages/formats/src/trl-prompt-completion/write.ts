import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { toolsOf } from '../feedback/tools.ts'
import { chatMessages } from '../trl-preference/chat-message.ts'

/** `{"prompt": […], "completion": […]}`: the loss is on the completion alone. */
export const writeTrlPromptCompletion: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    if (context.at(-1)?.role === 'assistant') out.drop('prompt_ends_with_assistant')
    else {
      out.row({
        prompt: chatMessages(context, out),
        completion: chatMessages(answer, out),
        ...imagesOf(context, out),
        ...toolsOf(feedback.task, out),
      })
    }
  }
}
