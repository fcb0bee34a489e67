import { hasImage } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'
import { chatMessages } from '../trl-preference/chat-message.ts'

/** `{"messages", "chosen": {…}, "rejected": {…}}` for `type: chat_template.default`: each answer is a single message. */
export const writeAxolotl: WriteRows = (feedback, out) => {
  const { preferences, dropped } = preferencesOf(feedback)
  for (const reason of dropped) out.drop(reason)
  for (const { context, chosen, rejected } of preferences) {
    const [better, worse] = [chosen.messages, rejected.messages]
    if (context.at(-1)?.role !== 'user') out.drop('prompt_does_not_end_with_user')
    else if (better.length !== 1 || worse.length !== 1) out.drop('answer_has_several_messages')
    else if ([...context, ...better, ...worse].some(hasImage)) out.drop('has_images')
    else {
      const messages = chatMessages(context, out)
      const [good] = (messages && chatMessages(better, out)) ?? []
      const [bad] = (good && chatMessages(worse, out)) ?? []
      if (!bad) continue
      if (JSON.stringify(good) === JSON.stringify(bad)) out.drop('identical_candidates')
      else out.row({ messages, chosen: good, rejected: bad }, { chosen: chosen.id, rejected: rejected.id })
    }
  }
}
