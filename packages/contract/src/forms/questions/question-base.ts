import { z } from 'zod'
import { text } from '../../text.ts'
import { showIf } from '../conditions.ts'

export const questionId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'Lower-case letters, digits and _, starting with a letter.')

/** Fields that every question has, whatever its type. */
export const questionBase = {
  id: questionId,
  label: text(300, 1),
  /** One line under the label. */
  hint: text(2_000).optional(),
  /** Markdown, opened on demand: what the question means, with examples. */
  help: text(20_000).optional(),
  required: z.boolean().default(true),
  /** Asked only when this holds; without it always. */
  showIf: showIf.optional(),
}

/**
 * For questions that can be asked of each part of a task. The answer is then a record by target: the id of a candidate, or `context:2` and
 * `a:0` for messages (`targetsOf` lists them).
 */
export const askedOf = {
  /** Without it: once, of the whole task. */
  each: z.enum(['task', 'candidate', 'message']).optional(),
  /** Of which messages, when `each` is `message`. */
  roles: z
    .array(z.enum(['system', 'developer', 'user', 'assistant', 'tool']))
    .min(1)
    .max(5)
    .optional(),
}

/** Something to choose from. `value` is what answers hold; `parent` is the value of the option above it in a hierarchy. */
export const option = z.strictObject({
  value: text(120, 1),
  label: text(300, 1),
  hint: text(2_000).optional(),
  parent: text(120, 1).optional(),
  /** A key that chooses it: one letter or digit. */
  shortcut: z
    .string()
    .regex(/^[a-z0-9]$/, 'One lower-case letter or one digit.')
    .optional(),
})
export type Option = z.infer<typeof option>
