import { imagesOf, unfitImages } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'
import { toolsTextOf } from '../feedback/tools.ts'
import { splitSystem, turnsOf } from '../sharegpt/turns.ts'

/** `{"conversations", "chosen", "rejected", "system"}`: an odd number of turns, then one turn of the model twice. */
export const writeLlamaFactory: WriteRows = (feedback, out) => {
  const { preferences, dropped } = preferencesOf(feedback)
  for (const reason of dropped) out.drop(reason)
  for (const { context, chosen, rejected } of preferences) {
    const { system, rest } = splitSystem(context)
    const unfit = unfitImages(context, [...chosen.messages, ...rejected.messages], out.options.images)
    if (unfit) out.drop(unfit)
    else if (chosen.messages.length !== 1 || rejected.messages.length !== 1)
      out.drop('answer_has_several_messages')
    else if (rest.length % 2 === 0) out.drop('turns_do_not_alternate')
    else {
      const conversations = turnsOf(rest, out)
      const [better] = (conversations && turnsOf(chosen.messages, out, 'gpt')) ?? []
      const [worse] = (better && turnsOf(rejected.messages, out, 'gpt')) ?? []
      if (!worse) continue
      if (JSON.stringify(better) === JSON.stringify(worse)) out.drop('identical_candidates')
      else {
        const images = imagesOf(context, out)
        const tools = toolsTextOf(feedback.task, out)
        out.row(
          {
            conversations,
            chosen: better,
            rejected: worse,
            system: system ?? '',
            ...images,
            ...tools,
          },
          { chosen: chosen.id, rejected: rejected.id },
        )
      }
    }
  }
}

/**
 * The entry of `dataset_info.json` for files of this package.
 * @param format `llama-factory` for preferences, `sharegpt` and `alpaca` for demonstrations
 * @param images whether the rows have a column of them
 * @param tools whether some rows have some
 */
export function llamaFactoryDatasetInfo(
  name: string,
  fileName: string,
  format: 'llama-factory' | 'sharegpt' | 'alpaca',
  images = false,
  tools = false,
): string {
  const alpaca = {
    prompt: 'instruction',
    query: 'input',
    response: 'output',
    system: 'system',
    history: 'history',
    ...(images && { images: 'images' }),
  }
  const entry =
    format === 'alpaca'
      ? { file_name: fileName, columns: alpaca }
      : {
          file_name: fileName,
          formatting: 'sharegpt',
          ...(format === 'llama-factory' && { ranking: true }),
          columns: {
            messages: 'conversations',
            ...(format === 'llama-factory' && { chosen: 'chosen', rejected: 'rejected' }),
            system: 'system',
            ...(tools && { tools: 'tools' }),
            ...(images && { images: 'images' }),
          },
        }
  return `${JSON.stringify({ [name]: entry }, null, 2)}\n`
}
