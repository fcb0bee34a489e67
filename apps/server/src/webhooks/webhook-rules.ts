import { createHmac, randomBytes } from 'node:crypto'

/** Seconds until the next try after the first, second, … one failed; afterwards a message has failed (about three days). */
const PLAN = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
/** An endpoint at which nothing arrives for so long is stopped. */
export const STOP_AFTER_DAYS = 5
/** How long the secret before the last rotation signs, too. */
export const ROTATION_HOURS = 24
export const TIMEOUT_MS = 10_000

/** A new secret, as Standard Webhooks writes it. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** Seconds to wait after the try number `step` (from 0) has failed, a little more or less for each; null: no more tries. */
export function delayAfter(step: number, random = Math.random()): number | null {
  const seconds = PLAN[step]
  return seconds === undefined ? null : Math.round(seconds * (0.9 + random * 0.2))
}

/**
 * The headers of a message as Standard Webhooks has them (standardwebhooks.com): an id that stays the same in every try, the time of
 * this try, and a signature by every secret that holds.
 */
export function signedHeaders(
  message: { id: string; payload: string },
  secrets: readonly string[],
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  const signed = `${message.id}.${timestamp}.${message.payload}`
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  })
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

/** What a try has come to. 410 says that the receiver is gone for good. */
export function outcomeOf(status: number | null): 'delivered' | 'gone' | 'again' {
  if (status === null) return 'again'
  if (status >= 200 && status < 300) return 'delivered'
  return status === 410 ? 'gone' : 'again'
}

/** The body of a message. */
export const payloadOf = (type: string, at: Date, data: object): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data })
