export { type ClientOptions, callUrl, createClient } from './client.ts'
export { ApiError, OfflineError } from './errors.ts'
export type { CallInput, CallOptions, CallOutput, Client, StreamBody } from './types.ts'
