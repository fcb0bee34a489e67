import { z } from 'zod'
import { taskPayload } from './content.ts'
import { answer, form } from './forms/form.ts'
import { id, nameText, text, timestamp } from './text.ts'

/** What kind of work a template asks for; the gallery's headings. */
export const templateGroup = z.enum(['compare', 'grade', 'write', 'check', 'label'])
export type TemplateGroup = z.infer<typeof templateGroup>

/** Something to start a project from: one that comes with Groundwork, or one that a team has saved. */
export const template = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  group: templateGroup,
  /** Of one judgment: the starting value of the pay terms. */
  estimateSeconds: z.number(),
  form,
  guideline: z.string(),
  /** How many tasks there are to try it with. */
  samples: z.number(),
  /** The team whose own it is; null for those that come with Groundwork. */
  organizationId: id.nullable(),
  createdAt: timestamp.nullable(),
})
export type Template = z.infer<typeof template>

const content = {
  name: nameText(),
  description: text(2_000).default(''),
  group: templateGroup.default('grade'),
  estimateSeconds: z
    .number()
    .int()
    .min(5)
    .max(6 * 3600)
    .default(180),
  form,
  guideline: text(200_000).default(''),
}
export const createTemplate = z.strictObject({
  /** Wanted only when the caller is a member of several organizations. */
  organizationId: id.optional(),
  ...content,
})
export const updateTemplate = z.strictObject(content)

/** A task to try a template with, and one good answer to it. Images stand in it as data URLs. */
export const sampleTask = z.object({ task: taskPayload, answer })
export type SampleTask = z.infer<typeof sampleTask>
