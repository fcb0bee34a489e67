import { imagesOf, unfitImages } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { toolsOf } from '../feedback/tools.ts'
import { chatMessages } from '../trl-preference/chat-message.ts'

/** `{"prompt": […]}`; answers are left out, which is counted. */
export const writeTrlPromptOnly: WriteRows = ({ task }, out) => {
  const unfit = unfitImages(task.context, [], out.options.images)
  if (task.context.at(-1)?.role === 'assistant') out.drop('prompt_ends_with_assistant')
  else if (unfit) out.drop(unfit)
  else {
    if (task.candidates.length > 0) out.note('answers_left_out')
    out.row({
      prompt: chatMessages(task.context, out),
      ...imagesOf(task.context, out),
      ...toolsOf(task, out),
    })
  }
}
