import type { Candidate } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback, majority } from '../feedback/feedback.ts'
import { imagesOf, unfitImages } from '../feedback/images.ts'
import type { Out, WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'
import { startsWithModel, unfitPrompt } from '../feedback/prompt.ts'
import { toolsOf } from '../feedback/tools.ts'
import { trlTurns } from '../trl-preference/plain-text.ts'

/**
 * `{"prompt", "completion", "label"}` from thumbs, and from votes of "both good" (two good answers) and "both bad" (two bad ones). A plain tie
 * gives nothing. Who wins or loses a comparison is not good or bad by that, so pairs give rows only with `unpair`.
 */
export const writeTrlUnpaired: WriteRows = (feedback, out) => {
  const thumbs = countingVerdicts(feedback, 'thumb')
  const rows = thumbs.length > 0 ? thumbs : fromVotes(feedback, out)
  for (const { candidate, good } of rows) {
    const answer = candidateOf(feedback.task, candidate)
    if (!answer) out.drop('no_such_candidate')
    else writeRow(feedback, answer, good, out)
  }
}

function writeRow(feedback: Feedback, answer: Candidate, good: boolean, out: Out): void {
  const { context } = feedback.task
  const start = startsWithModel(answer) ? null : 'answer_starts_with_other_role'
  const unfit = unfitPrompt(context) ?? start ?? unfitImages(context, answer.messages, out.options.images)
  if (unfit) out.drop(unfit)
  const turns = unfit ? null : trlTurns(context, [answer.messages], out)
  if (turns) {
    out.row(
      {
        prompt: turns.prompt,
        completion: turns.answers[0],
        label: good,
        ...imagesOf(context, out),
        ...toolsOf(feedback.task, out),
      },
      { completion: answer.id },
    )
  }
}

function fromVotes(feedback: Feedback, out: Out): { candidate: string; good: boolean }[] {
  const vote = majority(countingVerdicts(feedback, 'pairwise'))
  if (vote?.outcome === 'both_good' || vote?.outcome === 'both_bad') {
    const good = vote.outcome === 'both_good'
    return [vote.a, vote.b].map((candidate) => ({ candidate, good }))
  }
  if (vote?.outcome === 'tie') out.drop('tie')
  else if (!out.options.unpair) out.drop('no_thumb')
  else {
    const { preferences, dropped } = preferencesOf(feedback)
    for (const reason of dropped) out.drop(reason)
    return preferences.flatMap(({ chosen, rejected }) => [
      { candidate: chosen.id, good: true },
      { candidate: rejected.id, good: false },
    ])
  }
  return []
}
