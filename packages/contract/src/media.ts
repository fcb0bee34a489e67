import { z } from 'zod'
import { id } from './text.ts'

/** A stored image: what tasks name by `assetId`. */
export const asset = z.object({
  id,
  mime: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  /** Pixels, upright. */
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
})
export type Asset = z.infer<typeof asset>
