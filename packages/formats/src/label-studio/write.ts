import { type Message, messageText, type TaskPayload } from '@groundwork/contract'
import type { Feedback } from '../feedback/feedback.ts'
import { imagesOf, unfitImages } from '../feedback/images.ts'
import type { Out, WriteRows } from '../feedback/out.ts'
import { shownTasks } from '../feedback/shown-tasks.ts'
import { annotationsOf, type Shape } from './write-results.ts'

/** Where Label Studio serves files of its local storage, by their path below its document root. */
const LOCAL_FILES = '/data/local-files/?d='

/**
 * Tasks with an annotation for everybody who said something about them, and in it a result for each control: pairwise with its strength as a rating and
 * kinds of tie as a choice, ranker, rating, choices, textarea, labels on texts and paragraphs, rectangles. Ratings of several answers are as many tasks.
 */
export const writeLabelStudio: WriteRows = (feedback, out) => {
  for (const each of shownTasks(feedback)) writeTask(each, out)
}

const writeTask: WriteRows = (feedback, out) => {
  const { task, annotations } = feedback
  const types = new Set(annotations.map(({ verdict }) => verdict.type))
  if (types.has('pairwise') && task.candidates.length !== 2) return out.drop('not_a_pair')
  const shape = shapeOf(feedback)
  const answers = task.candidates.flatMap((each) => each.messages)
  const unfit = shape === 'image' ? null : unfitImages(task.context, answers, out.options.images)
  if (unfit) return out.drop(unfit)
  const data = dataOf(task, shape, out)
  if (!data) return out.drop('no_image_size')
  const { images } = shape === 'image' ? { images: undefined } : imagesOf(task.context, out)
  const written = annotationsOf(feedback, shape, out)
  out.seen('shape', shape)
  out.row({
    data: {
      ...data,
      ...(task.externalId !== undefined && { external_id: task.externalId }),
      ...(images && { images: images.map((name) => `${LOCAL_FILES}${name}`) }),
    },
    annotations: written,
  })
}

function shapeOf({ task, annotations }: Feedback): Shape {
  const { context, candidates } = task
  const spans = annotations.flatMap(({ verdict }) => (verdict.type === 'spans' ? [verdict.target] : []))
  const single = context.length === 1 && candidates.every(({ messages }) => messages.length === 1)
  if (annotations.some(({ verdict }) => verdict.type === 'boxes')) return 'image'
  if (spans.length > 0 && (!single || candidates.length > 2)) return 'dialogue'
  if (annotations.some(({ verdict }) => verdict.type === 'ranking')) return 'items'
  return (['prompt', 'answer', 'pair'] as const)[candidates.length] ?? 'items'
}

/** What the task shows, by the names that its configuration knows; null for an image of which nobody says how large it is. */
function dataOf(task: TaskPayload, shape: Shape, out: Out): Record<string, unknown> | null {
  const { context, candidates } = task
  if (shape === 'image') return imageData(task, out)
  if (shape === 'dialogue') {
    const messages = [...context, ...candidates.flatMap((each) => each.messages)]
    return { dialogue: messages.map((each) => ({ author: each.role, text: messageText(each) })) }
  }
  if ([context, ...candidates.map(({ messages }) => messages)].some(({ length }) => length > 1))
    out.note('turns_flattened')
  const [first, second] = candidates
  const prompt = shown(context)
  if (shape === 'pair' && first && second)
    return { prompt, answer1: shown(first.messages), answer2: shown(second.messages) }
  if (shape === 'answer' && first) return { prompt, answer: shown(first.messages) }
  if (shape === 'prompt') return { prompt }
  const items = candidates.map(({ id, messages }, index) => ({
    id,
    title: `Answer ${index + 1}`,
    body: shown(messages),
  }))
  return { prompt, items }
}

function imageData({ context, metadata }: TaskPayload, { options }: Out): Record<string, unknown> | null {
  const name = context.flatMap(({ parts }) => parts).find((part) => part.type === 'image')?.assetId
  if (name === undefined || typeof metadata?.width !== 'number' || typeof metadata.height !== 'number')
    return null
  const text = shown(context)
  return { image: options.images ? `${LOCAL_FILES}${name}` : name, ...(text !== '' && { text }) }
}

/** A single message as its text; several with who said them. */
function shown(messages: readonly Message[]): string {
  const [only] = messages
  if (messages.length === 1 && only) return messageText(only)
  return messages.map((each) => `${each.role}: ${messageText(each)}`).join('\n\n')
}
