import type { RewriteAnswer, RewriteQuestion } from '@groundwork/contract'
import { type Mapping, withWritten } from './mapping.ts'

/** A response made better: how it should be done, and better than what it corrects. One that was left as it is shows only the former. */
export const rewrite: Mapping<RewriteQuestion> = {
  gives: (_, { options }) => ['demonstration', ...(options.rewriteAsChosen ? ['rewrite' as const] : [])],
  pieces: (_, value, { task, options }) => {
    const { candidate, original, text } = value as RewriteAnswer
    if (text === original) return [{ own: task, verdict: { type: 'demonstration', candidate } }]
    const { task: own, id } = withWritten(task, text)
    return [
      {
        own,
        verdict: {
          type: 'demonstration',
          candidate: id,
          ...(options.rewriteAsChosen && { rewriteOf: candidate }),
        },
      },
    ]
  },
}
