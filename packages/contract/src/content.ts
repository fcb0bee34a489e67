import { z } from 'zod'
import { text } from './text.ts'

/** Longest text part of a message, in UTF-16 units. */
export const MAX_PART = 400_000

/** Longest name of an image in a file that is read: a data URL of 20 MB. */
export const MAX_IMAGE_NAME = 28_000_000

export const part = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: text(MAX_PART) }),
  z.strictObject({
    type: z.literal('image'),
    /** In a stored task the id of an asset. In a file that is imported also a path beside the file, or a data URL. */
    assetId: text(MAX_IMAGE_NAME, 1),
    alt: text(2_000).optional(),
    /** Pixels of the stored asset, so that its place is kept while it loads. */
    width: z.number().int().positive().max(100_000).optional(),
    height: z.number().int().positive().max(100_000).optional(),
  }),
  z.strictObject({ type: z.literal('reasoning'), text: text(MAX_PART) }),
])
export type Part = z.infer<typeof part>

/** A tool call; the arguments stay the byte-exact JSON string that the model gave. */
export const toolCall = z.strictObject({ id: text(200), name: text(200), argumentsJson: text(MAX_PART) })

/** The images that Markdown in the text of a message shows, by the path that stands there: `![A chart](images/chart.png)`. */
export const messageMedia = z.record(
  text(1_000, 1),
  z.strictObject({
    assetId: text(200, 1),
    width: z.number().int().positive().max(100_000).optional(),
    height: z.number().int().positive().max(100_000).optional(),
  }),
)

export const messageRole = z.enum(['system', 'developer', 'user', 'assistant', 'tool'])
export const message = z.strictObject({
  role: messageRole,
  parts: z.array(part).max(200),
  toolCalls: z.array(toolCall).max(100).optional(),
  toolCallId: text(200).optional(),
  name: text(200).optional(),
  /** Whether a model learns from this message of the assistant (1) or only sees it (0), as OpenAI's fine-tuning has it; absent: it learns. */
  weight: z.union([z.literal(0), z.literal(1)]).optional(),
  media: messageMedia.optional(),
  /** Language of the text as a BCP 47 tag, such as `ar` or `pt-BR`: for the voice, the hyphens and the direction. */
  lang: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/)
    .optional(),
})
export type Message = z.infer<typeof message>

/** One model output. The id (`a`, `b`, … for comparisons) is what answers speak of. */
export const candidate = z.strictObject({
  id: text(80, 1),
  model: text(200).optional(),
  messages: z.array(message).min(1).max(500),
})
export type Candidate = z.infer<typeof candidate>

/** What one task shows. `reference` and `metadata` are for the team and never reach a trainer. */
export const taskPayload = z.strictObject({
  externalId: text(300, 1).optional(),
  context: z.array(message).max(1_000),
  candidates: z.array(candidate).max(50),
  reference: z.unknown().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})
export type TaskPayload = z.infer<typeof taskPayload>

/** A message of one text part. */
export const textMessage = (role: Message['role'], value: string): Message => ({
  role,
  parts: [{ type: 'text', text: value }],
})

/** The text of a message: its text parts, joined. */
export const messageText = (value: Message): string =>
  value.parts.map((each) => (each.type === 'text' ? each.text : '')).join('')
