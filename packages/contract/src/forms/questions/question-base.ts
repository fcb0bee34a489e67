import { z } from 'zod'
import { text } from '../../text.ts'

/** Fields that every question has, whatever its type. */
export const questionBase = {
  id: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'Lower-case letters, digits and _, starting with a letter.'),
  label: text(300, 1),
  hint: text(2_000).optional(),
  required: z.boolean().default(true),
}
