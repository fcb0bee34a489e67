import type { Candidate } from '@groundwork/contract'
import type { WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'
import { openaiToolsOf } from '../feedback/tools.ts'
import { openaiMessages } from '../openai-sft/openai-message.ts'

/**
 * Exactly `{"input", "preferred_output", "non_preferred_output"}`. The input ends with a turn that is not the assistant's; an output has only turns of
 * the assistant and its tools, so answers that go on for several user turns give no row.
 */
export const writeOpenaiDpo: WriteRows = (feedback, out) => {
  const { preferences, dropped } = preferencesOf(feedback)
  for (const reason of dropped) out.drop(reason)
  for (const { context, chosen, rejected } of preferences) {
    if (context.at(-1)?.role === 'assistant') out.drop('prompt_ends_with_assistant')
    else if (![chosen, rejected].every(isOneAnswer)) out.drop('answer_has_user_turns')
    else {
      const messages = openaiMessages(context, out, false)
      const preferred = messages && openaiMessages(chosen.messages, out, false)
      const other = preferred && openaiMessages(rejected.messages, out, false)
      if (!other) continue
      if (JSON.stringify(preferred) === JSON.stringify(other)) out.drop('identical_candidates')
      else {
        out.row(
          {
            input: { messages, ...openaiToolsOf(feedback.task, out) },
            preferred_output: preferred,
            non_preferred_output: other,
          },
          { preferred_output: chosen.id, non_preferred_output: rejected.id },
        )
      }
    }
  }
}

function isOneAnswer({ messages }: Candidate): boolean {
  return (
    messages.at(-1)?.role === 'assistant' &&
    messages.every(({ role }) => role === 'assistant' || role === 'tool')
  )
}
