import { type Candidate, messageText } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback, majority } from '../feedback/feedback.ts'
import { hasImage } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { chatMessages } from '../trl-preference/chat-message.ts'

/**
 * `{"domain", "language", "context", "response1", "response2", "overall_preference", "individual_preference"}`. Domain and language come from the task's metadata;
 * without them they are empty. All kinds of ties are 0 here.
 */
export const writeHelpsteer3: WriteRows = (feedback, out) => {
  const { task } = feedback
  const decided = majority(countingVerdicts(feedback, 'pairwise'))
  if (!decided) return out.drop('not_decided')
  const first = plainText(candidateOf(task, decided.a))
  const second = plainText(candidateOf(task, decided.b))
  if (first === null || second === null) return out.drop('answer_has_several_messages')
  if (task.context.some(hasImage)) return out.drop('has_images')
  if (task.context.at(-1)?.role === 'assistant') return out.drop('prompt_ends_with_assistant')
  if (decided.outcome === 'both_good' || decided.outcome === 'both_bad') out.note('kind_of_tie_left_out')
  out.row({
    domain: text(task.metadata?.domain),
    language: text(task.metadata?.language),
    context: chatMessages(task.context, out).map(({ role, content }) => ({ role, content })),
    response1: first,
    response2: second,
    overall_preference: signed(decided.outcome, decided.strength),
    individual_preference: individuals(feedback),
  })
}

function individuals(feedback: Feedback) {
  const comment = (by: string | undefined, field: string) => {
    const found = feedback.annotations.find(
      (each) => each.by === `${by}:${field}` && each.verdict.type === 'text',
    )
    return found?.verdict.type === 'text' ? found.verdict.text : ''
  }
  return feedback.annotations.flatMap(({ by, rationale, verdict }) =>
    by !== undefined && verdict.type === 'pairwise'
      ? [
          {
            score: signed(verdict.outcome, verdict.strength),
            reasoning: rationale ?? '',
            feedback1: comment(by, 'feedback1'),
            feedback2: comment(by, 'feedback2'),
          },
        ]
      : [],
  )
}

/** −3..3 as a whole number; a preference of unknown strength counts as slight. */
function signed(outcome: string, strength: number | null): number {
  if (outcome !== 'a' && outcome !== 'b') return 0
  const size = Math.min(3, Math.max(1, Math.round(Math.abs(strength ?? 1))))
  return outcome === 'a' ? -size : size
}

function plainText(candidate: Candidate | undefined): string | null {
  const [message] = candidate?.messages ?? []
  const plain = candidate?.messages.length === 1 && message?.role === 'assistant' && !message.toolCalls
  return plain && !hasImage(message) ? messageText(message) : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
