import { type Candidate, messageText } from '@groundwork/contract'
import { hasImage } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'

/**
 * A flat record with the fields `prompt`, `response1`, `response2` and three questions: `preference` (which, or a kind of tie), `strength`
 * (1 to 3) and `reason`. The responses to a question stand side by side, in the order of the votes.
 */
export const writeArgilla: WriteRows = ({ task, annotations }, out) => {
  const [first, second] = task.candidates
  const [prompt] = task.context
  if (!first || !second || task.candidates.length > 2) return out.drop('not_a_pair')
  if (!prompt || task.context.length > 1) return out.drop('prompt_is_conversation')
  if ([prompt, ...first.messages, ...second.messages].some(hasImage)) return out.drop('has_images')
  const [one, two] = [plainText(first), plainText(second)]
  if (one === null || two === null) return out.drop('answer_has_several_messages')
  const votes = annotations.flatMap(({ by, rationale, verdict }) =>
    verdict.type === 'pairwise' ? [{ by: by ?? 'conclusion', rationale, ...verdict }] : [],
  )
  const side = (outcome: string) => (outcome === 'a' ? 'response1' : outcome === 'b' ? 'response2' : outcome)
  const strengths = votes.map(({ strength }) => (strength ? Math.round(Math.abs(strength)) : null))
  out.row({
    ...(task.externalId !== undefined && { id: task.externalId }),
    status: votes.length > 0 ? 'completed' : 'pending',
    prompt: messageText(prompt),
    response1: one,
    response2: two,
    ...question(
      'preference',
      votes,
      votes.map(({ outcome }) => side(outcome)),
    ),
    ...question('strength', votes, strengths),
    ...question(
      'reason',
      votes,
      votes.map(({ rationale }) => rationale ?? null),
    ),
  })
}

/** Three columns side by side; people who did not answer a question are not in them. */
function question(name: string, votes: { by: string }[], values: (string | number | null)[]) {
  const given = values.flatMap((value, index) =>
    value === null ? [] : [{ value, by: votes[index]?.by ?? '' }],
  )
  return {
    [`${name}.responses`]: given.map(({ value }) => value),
    [`${name}.responses.users`]: given.map(({ by }) => by),
    [`${name}.responses.status`]: given.map(() => 'submitted'),
  }
}

function plainText({ messages }: Candidate): string | null {
  const [message] = messages
  return message && messages.length === 1 && !message.toolCalls ? messageText(message) : null
}
