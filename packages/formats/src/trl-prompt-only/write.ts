import { imagesOf, unfitImages } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { unfitPrompt } from '../feedback/prompt.ts'
import { toolsOf } from '../feedback/tools.ts'
import { trlTurns } from '../trl-preference/plain-text.ts'

/** `{"prompt": […]}`; answers are left out, which is counted. */
export const writeTrlPromptOnly: WriteRows = ({ task }, out) => {
  const unfit = unfitPrompt(task.context) ?? unfitImages(task.context, [], out.options.images)
  if (unfit) return out.drop(unfit)
  const turns = trlTurns(task.context, [], out)
  if (turns) out.row({ prompt: turns.prompt, ...imagesOf(task.context, out), ...toolsOf(task, out) })
}
