import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { startsWithModel, unfitPrompt } from '../feedback/prompt.ts'
import { toolsOf } from '../feedback/tools.ts'
import { trlTurns } from '../trl-preference/plain-text.ts'

/** `{"prompt": […], "completion": […]}`: the loss is on the completion alone. */
export const writeTrlPromptCompletion: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    const unfit = unfitPrompt(context)
    if (unfit) out.drop(unfit)
    else if (!startsWithModel({ messages: answer })) out.drop('answer_starts_with_other_role')
    else {
      const turns = trlTurns(context, [answer], out)
      if (!turns) continue
      out.row({
        prompt: turns.prompt,
        completion: turns.answers[0],
        ...imagesOf(context, out),
        ...toolsOf(feedback.task, out),
      })
    }
  }
}
