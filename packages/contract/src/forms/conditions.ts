import { z } from 'zod'
import { text } from '../text.ts'

/** What is asked of an earlier answer. What an answer is compared by: see `comparable` in checks/conditions.ts. */
export const test = z.discriminatedUnion('op', [
  z.strictObject({ question: text(60, 1), op: z.literal('answered') }),
  z.strictObject({
    question: text(60, 1),
    op: z.enum(['is', 'is_not', 'includes']),
    value: z.union([text(300), z.number()]),
  }),
  z.strictObject({ question: text(60, 1), op: z.enum(['at_least', 'at_most']), value: z.number() }),
])
export type Test = z.infer<typeof test>

/** A condition on questions that stand before it, so that there are no circles. */
export const showIf = z.strictObject({
  match: z.enum(['all', 'any']).default('all'),
  tests: z.array(test).min(1).max(10),
})
export type ShowIf = z.infer<typeof showIf>
