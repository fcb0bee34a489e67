import type { Message } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback } from './feedback.ts'
import { unfitImages } from './images.ts'
import type { Out } from './out.ts'

/** The answers of a task that are meant to be learned from, each with what comes before it. Says so when there are none. */
export function demonstrationsOf(feedback: Feedback, out: Out): { context: Message[]; answer: Message[] }[] {
  const { context } = feedback.task
  const shown = countingVerdicts(feedback, 'demonstration').flatMap(({ candidate }) => {
    const answer = candidateOf(feedback.task, candidate)?.messages
    return answer ? [{ context, answer }] : []
  })
  if (shown.length === 0) out.drop('no_demonstration')
  return shown.filter(({ answer }) => {
    const unfit = unfitImages(context, answer, out.options.images)
    if (unfit) out.drop(unfit)
    return unfit === null
  })
}
