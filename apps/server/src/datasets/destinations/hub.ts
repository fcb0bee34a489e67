import { setTimeout as wait } from 'node:timers/promises'
import { DeliveryError } from './export-source.ts'

type Ask = { json?: unknown; body?: Blob; type?: string; accept?: string }

/** The Hugging Face Hub on behalf of one token. */
export type Hub = {
  /** Without a slash at the end. */
  url: string
  /** POST to a path of the Hub; tries again when it is busy. */
  fetch: (path: string, ask: Ask) => Promise<Response>
}

const TRIES = 4
const FIRST_PAUSE_MS = 500
const ANSWER_MS = 120_000

export function openHub(url: string, token: string): Hub {
  return {
    url,
    fetch: (path, { json, body, type = 'application/json', accept }) =>
      patiently(() =>
        fetch(`${url}${path}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': type,
            ...(accept && { accept }),
          },
          body: body ?? JSON.stringify(json),
          // The token goes to the Hub and to nobody whom it names.
          redirect: 'error',
          signal: AbortSignal.timeout(ANSWER_MS),
        }),
      ),
  }
}

/** Asks again, after a growing pause, when there is no answer or the answer is "too many" or "not now". */
export async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await ask().catch((error: unknown) => {
      if (attempt >= TRIES) throw new DeliveryError(`The Hub does not answer: ${reasonOf(error)}.`)
      return null
    })
    const busy = !response || response.status === 429 || response.status >= 500
    if (response && (!busy || attempt >= TRIES)) return response
    await response?.body?.cancel()
    await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1))
  }
}

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(cause)
}

/** The Hub's refusal in words, with what it says itself. */
export async function hubError(response: Response, what: string): Promise<DeliveryError> {
  const text = await response.text().catch(() => '')
  const said = saidIn(text) ?? response.headers.get('x-error-message') ?? ''
  const hint =
    response.status === 401 || response.status === 403
      ? ' The token has to be valid and allowed to write to this repository.'
      : ''
  return new DeliveryError(
    `${what}: it answered ${response.status}${said && ` (${said.slice(0, 300)})`}.${hint}`,
  )
}

function saidIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    return typeof error === 'string' ? error : undefined
  } catch {
    return undefined
  }
}
