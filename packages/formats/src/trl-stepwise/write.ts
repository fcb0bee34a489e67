import { messageText } from '@groundwork/contract'
import { countingVerdicts } from '../feedback/feedback.ts'
import { hasImage } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'

/**
 * `{"prompt", "completions", "labels"}`, texts only. Labels are true only for steps that are right: neutral counts as false, as in TRL's own
 * conversion of PRM800K. Line ends at the end of a step are left to the trainer, which adds its own separator.
 */
export const writeTrlStepwise: WriteRows = ({ task, annotations }, out) => {
  const verdicts = countingVerdicts({ task, annotations }, 'steps')
  if (verdicts.length === 0) out.drop('no_steps')
  const [prompt] = task.context
  for (const { candidate, steps } of verdicts) {
    if (!prompt || task.context.length > 1 || prompt.role !== 'user') out.drop('prompt_is_conversation')
    else if (hasImage(prompt)) out.drop('has_images')
    else if (steps.some(({ label }) => label === null)) out.drop('unlabelled_step')
    else if (steps.length === 0) out.drop('no_steps')
    else {
      if (steps.some(({ label }) => label === 0)) out.note('neutral_step_as_false')
      out.row(
        {
          prompt: messageText(prompt),
          completions: steps.map(({ text }) => withoutLineEnd(text)),
          labels: steps.map(({ label }) => label === 1),
        },
        { completions: candidate },
      )
    }
  }
}

/** A loop, because a pattern for "line ends at the end" is tried at every line end of the text. */
function withoutLineEnd(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  return text.slice(0, end)
}
