import { MAX_IMAGE_NAME, type Message, type Part, type TaskPayload } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'
import { checkText, kindOf } from './check.ts'
import { otherFields } from './pair.ts'

/** Stands for an image that the row lists in another column, until its name is known. */
const UNNAMED = 'images[]'
const PLACE = '<image>'
const IMAGE_FILE = /^data:image\/|\.(png|jpe?g|webp|gif|avif)$/i

/**
 * A part of a chat message that is an image: `{"type":"image_url","image_url":{"url"}}` as OpenAI writes it, or `{"type":"image"}` as
 * Hugging Face does, with the image as `image`, `path` or `url`, or in the `images` column of the row. Null for any other part.
 */
export function readImagePart(value: Row, path: string): Part | null {
  if (value.type !== 'image' && value.type !== 'image_url' && value.type !== 'input_image') return null
  const given = value.image_url ?? value.image ?? value.path ?? value.url
  if (given === undefined || given === null) return { type: 'image', assetId: UNNAMED }
  return { type: 'image', assetId: nameOf(given, path) }
}

/** An image is its path, its address, its data URL, or an object that holds one of them. */
function nameOf(value: unknown, path: string): string {
  const name = isRow(value) ? (value.path ?? value.url) : value
  if (typeof name === 'string' && name !== '') return checkText(name, path, MAX_IMAGE_NAME)
  throw new RowFault('wrong_type', `"${path}" is ${kindOf(name ?? value)}; an image is a path or a data URL.`)
}

/**
 * Gives the images of a row their names, in the order in which the task shows them. Images that no message has a place for stand
 * before the text of the first turn, where trainers of vision models put them.
 * @throws RowFault when there are fewer images than places for them
 */
export function nameImages(row: Row, feedback: Feedback): Feedback {
  const listed = listedImages(row, feedback.task.metadata ?? {})
  const task = withPlaces(feedback.task, listed.names.length)
  const places = allParts(task).filter(isUnnamed).length
  if (places === 0 && (listed.names.length === 0 || allParts(task).some((part) => part.type === 'image')))
    return feedback
  if (places > 0 && listed.names.length < places) {
    throw new RowFault(
      'missing_field',
      `The messages have places for ${places} images, and "images" lists ${listed.names.length}.`,
    )
  }
  const names = [...listed.names]
  const put = (message: Message): Message => ({
    ...message,
    parts: message.parts.map((part) =>
      isUnnamed(part) ? { ...part, assetId: names.shift() ?? UNNAMED } : part,
    ),
  })
  const context = task.context.map(put)
  const candidates = task.candidates.map((each) => ({ ...each, messages: each.messages.map(put) }))
  const first = context.findIndex((message) => message.role === 'user')
  const turn = context[first]
  if (turn) {
    const rest = names.map((assetId): Part => ({ type: 'image', assetId }))
    context[first] = { ...turn, parts: [...rest, ...turn.parts] }
  }
  const metadata = otherFields(task.metadata ?? {}, listed.fields)
  const { metadata: _, ...kept } = task
  return {
    ...feedback,
    task: { ...kept, context, candidates, ...(Object.keys(metadata).length > 0 && { metadata }) },
  }
}

/** `<image>` in a text is a place for an image, where there are as many as the row has images: so write LLaMA-Factory and others. */
function withPlaces(task: TaskPayload, images: number): TaskPayload {
  const texts = allParts(task).map((part) => (part.type === 'text' ? part.text.split(PLACE).length - 1 : 0))
  const found = texts.reduce((sum, each) => sum + each, 0)
  if (images === 0 || found !== images || allParts(task).some((part) => part.type === 'image')) return task
  const split = (part: Part): Part[] =>
    part.type !== 'text'
      ? [part]
      : part.text
          .split(PLACE)
          .flatMap((text, index): Part[] => [
            ...(index > 0 ? [{ type: 'image' as const, assetId: UNNAMED }] : []),
            ...(text === '' ? [] : [{ type: 'text' as const, text }]),
          ])
  const put = (message: Message): Message => ({ ...message, parts: message.parts.flatMap(split) })
  return {
    ...task,
    context: task.context.map(put),
    candidates: task.candidates.map((each) => ({ ...each, messages: each.messages.map(put) })),
  }
}

const isUnnamed = (part: Part): boolean => part.type === 'image' && part.assetId === UNNAMED

const allParts = (task: TaskPayload): Part[] =>
  [task.context, ...task.candidates.map((each) => each.messages)].flat().flatMap((message) => message.parts)

/** The images of `images`, of `image`, or else of all fields that no reader has used and that hold one, as those of a Parquet file may. */
function listedImages(row: Row, unused: Row): { fields: string[]; names: string[] } {
  const { images, image } = row
  if (Array.isArray(images) && images.length > 0 && images.every(isNamed))
    return { fields: ['images'], names: images.map((each, index) => nameOf(each, `images[${index}]`)) }
  if (typeof image === 'string' && IMAGE_FILE.test(image.slice(0, 1_000)) && image.length <= MAX_IMAGE_NAME)
    return { fields: ['image'], names: [nameOf(image, 'image')] }
  const fields = Object.keys(unused).filter((field) => {
    const value = unused[field]
    return typeof value === 'string' && value.startsWith('data:image/')
  })
  return { fields, names: fields.map((field) => nameOf(unused[field], field)) }
}

const isNamed = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') ||
  (isRow(value) && (typeof value.path === 'string' || typeof value.url === 'string'))
