import type { Candidate, Message } from '@groundwork/contract'

/** Why a conversation is no prompt of a TRL row. */
export type PromptDrop = 'no_prompt' | 'prompt_ends_with_system' | 'prompt_ends_with_assistant'

/** A prompt ends with a turn that the model answers: TRL refuses one that ends with the system's, and takes the model's own for a beginning. */
export function unfitPrompt(context: readonly Message[]): PromptDrop | null {
  const last = context.at(-1)
  if (!last) return 'no_prompt'
  if (last.role === 'system' || last.role === 'developer') return 'prompt_ends_with_system'
  // TRL would take it for the beginning of the answer and open a second turn.
  return last.role === 'assistant' ? 'prompt_ends_with_assistant' : null
}

/** An answer starts with a turn of the model. */
export const startsWithModel = ({ messages }: Pick<Candidate, 'messages'>): boolean =>
  messages[0]?.role === 'assistant'
