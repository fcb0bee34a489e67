import { AppError, type Caller } from '../platform/index.ts'

/** Refuses API keys that are limited to one organization where the account itself is concerned. */
export function requireWholeAccount(caller: Caller): void {
  if (caller.organizationId)
    throw new AppError('key_scope', 'This API key is limited to one organization; use another, or sign in.')
}
