import { z } from 'zod'
import { id, text } from '../text.ts'

/**
 * One call of the API. `path` is below `/api/v1`; a `:name` in it is a key of `params`. `body` is JSON unless `bodyType` says
 * otherwise; `response` is JSON unless `responseType` does.
 */
export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  bodyType?: 'stream'
  response?: z.ZodType
  responseType?: 'ndjson' | 'file' | 'csv'
  /** Honours the `Idempotency-Key` header. */
  idempotent?: boolean
  /** Changes nothing, so that a key for reading may use it, whatever its method. */
  storesNothing?: boolean
}

export const call = <const C extends Call>(definition: C): C => definition
export const byId = z.object({ id })
export const empty = z.object({ ok: z.literal(true) })
export const page = z.strictObject({
  cursor: text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
