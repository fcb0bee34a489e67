import { preferenceOutcome, text } from '@groundwork/contract'
import { z } from 'zod'

const id = text(80, 1)
const label = text(2_000)
const long = text(400_000)

/** {@link Annotation} as it stands in a `raw` file, where anybody may have written it. */
export const annotationSchema = z.strictObject({
  by: text(300).exactOptional(),
  rationale: long.exactOptional(),
  verdict: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('pairwise'),
      a: id,
      b: id,
      outcome: preferenceOutcome,
      strength: z.number().min(-3).max(3).nullable(),
    }),
    z.strictObject({
      type: z.literal('ranking'),
      ranks: z.array(z.strictObject({ candidate: id, rank: z.number() })).max(50),
    }),
    z.strictObject({
      type: z.literal('rubric'),
      candidate: id,
      scores: z.record(z.string(), z.number().nullable()),
    }),
    z.strictObject({ type: z.literal('demonstration'), candidate: id, rewriteOf: id.exactOptional() }),
    z.strictObject({ type: z.literal('thumb'), candidate: id, good: z.boolean() }),
    z.strictObject({
      type: z.literal('steps'),
      candidate: id,
      steps: z
        .array(
          z.strictObject({
            text: long,
            label: z.union([z.literal(-1), z.literal(0), z.literal(1), z.null()]),
          }),
        )
        .max(10_000),
    }),
    z.strictObject({ type: z.literal('classification'), labels: z.array(label).max(1_000) }),
    z.strictObject({
      type: z.literal('spans'),
      target: id,
      spans: z
        .array(
          z.strictObject({
            start: z.number().int().min(0),
            end: z.number().int().min(0),
            quote: long,
            labels: z.array(label).max(100),
          }),
        )
        .max(10_000),
    }),
    z.strictObject({
      type: z.literal('boxes'),
      boxes: z
        .array(z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), label }))
        .max(10_000),
    }),
    z.strictObject({ type: z.literal('text'), text: long }),
    z.strictObject({
      type: z.literal('redteam'),
      success: z.number().nullable(),
      tags: z.array(label).max(1_000),
    }),
  ]),
})
