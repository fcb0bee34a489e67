import type { Message, TaskPayload } from '@groundwork/contract'

/** Whether a task shows images, or may show some in its Markdown; most do not, and need not be looked at further. */
export const hasImages = (task: TaskPayload): boolean =>
  task.context.some(showsImage) || task.candidates.some((each) => each.messages.some(showsImage))

const showsImage = (message: Message) =>
  message.media !== undefined ||
  message.parts.some((part) => part.type === 'image' || ('text' in part && part.text.includes('![')))
