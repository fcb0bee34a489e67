import type { ApiError } from '@groundwork/client'
import type { Draft } from '@groundwork/contract'
import type { Lost } from './workbench-state.ts'

/** The draft that the server keeps instead, when it refused one for it. */
export function conflictOf(error: ApiError): Draft | null {
  if (error.code !== 'draft_conflict') return null
  return (error.details as { draft: Draft }).draft
}

/** Why an assignment is not the person's any more; null when the error says nothing of the kind. */
export function lostOf(error: ApiError): Lost | null {
  if (error.status === 404) return 'withdrawn'
  if (error.status !== 409) return null
  return (error.details as { state?: Lost } | undefined)?.state ?? 'expired'
}
