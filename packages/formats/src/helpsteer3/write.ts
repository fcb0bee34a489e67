import { type Candidate, messageText } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback, majority } from '../feedback/feedback.ts'
import { hasImage } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'

/**
 * `{"domain", "language", "context", "response1", "response2", "overall_preference", "individual_preference"}`. Domain and language come from the task's metadata;
 * without them they are empty. All kinds of ties are 0 here, but for a person who found neither answer any good (−100, as in HelpSteer's own votes). A preference
 * of which nobody said how strong it is counts as slight, which is noted.
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
  // An empty turn where a tool was called is not what was said.
  if (task.context.some(({ role, toolCalls }) => role === 'tool' || toolCalls))
    return out.drop('has_tool_calls')
  const votes = feedback.annotations.flatMap(({ by, verdict }) =>
    by !== undefined && verdict.type === 'pairwise' ? [verdict] : [],
  )
  if ([decided, ...votes].some(({ outcome, strength }) => isSided(outcome) && strength === null))
    out.note('unknown_strength_as_slight')
  if (votes.some(({ outcome }) => outcome === 'both_good')) out.note('kind_of_tie_left_out')
  if (decided.outcome === 'both_good' || decided.outcome === 'both_bad') out.note('kind_of_tie_left_out')
  out.row(
    {
      domain: text(task.metadata?.domain),
      language: text(task.metadata?.language),
      context: task.context.map((each) => ({
        role: each.role === 'developer' ? 'system' : each.role,
        content: messageText(each),
      })),
      response1: first,
      response2: second,
      overall_preference: signed(decided.outcome, decided.strength),
      individual_preference: individuals(feedback),
    },
    { response1: decided.a, response2: decided.b },
  )
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
            score: verdict.outcome === 'both_bad' ? NEITHER : signed(verdict.outcome, verdict.strength),
            reasoning: rationale ?? '',
            feedback1: comment(by, 'feedback1'),
            feedback2: comment(by, 'feedback2'),
          },
        ]
      : [],
  )
}

/** A person's word for "neither answer is any good". */
const NEITHER = -100

const isSided = (outcome: string): boolean => outcome === 'a' || outcome === 'b'

/** −3..3 as a whole number; a preference of unknown strength counts as slight. */
function signed(outcome: string, strength: number | null): number {
  if (!isSided(outcome)) return 0
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
