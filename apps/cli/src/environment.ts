import { type Client, createClient } from '@groundwork/client'

/** Something that the user can mend; printed without a stack. */
export class UsageError extends Error {}

/** The server and key of this shell: `GROUNDWORK_URL` (default http://127.0.0.1:4100) and `GROUNDWORK_API_KEY`. */
export function connection(): { baseUrl: string; apiKey: string } {
  const baseUrl = serverUrl()
  const apiKey = process.env.GROUNDWORK_API_KEY
  if (!apiKey) {
    throw new UsageError(
      `Set GROUNDWORK_API_KEY to an API key of ${baseUrl} (Account → API keys; the demo's keys are in data/demo.json).`,
    )
  }
  return { baseUrl, apiKey }
}

export function serverUrl(): string {
  return (process.env.GROUNDWORK_URL || 'http://127.0.0.1:4100').replace(/\/$/, '')
}

export const openClient = (): Client => createClient(connection())
