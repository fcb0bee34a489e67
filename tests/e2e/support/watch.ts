import type { BrowserContext } from 'playwright-core'

/** What happened in a browser context that a good page does not do. */
export type Watch = {
  /** Errors and warnings of the console, uncaught errors, requests to another origin; without the expected ones. */
  problems: () => string[]
  /** Says that the running test makes a line appear that matches, such as a refused call. */
  expect: (pattern: RegExp) => void
  /** Addresses that were asked for, oldest first. */
  requests: readonly string[]
}

/** What the browser notes as an error and is none. */
const USUAL = [
  // Asking who is signed in is how a page learns that nobody is.
  /status of 401 \(Unauthorized\) \(.*\/api\/v1\/me\)$/,
  // A task was left while the page was still saying that it stands on the screen, or that somebody is at work on it.
  /status of 409 \(Conflict\) \(.*\/assignments\/[^/]+\/(show|heartbeat)\)$/,
]

/** Keeps the logs of a context from its first page on. */
export function watch(context: BrowserContext, origin: string): Watch {
  const seen: string[] = []
  const requests: string[] = []
  const expected = [...USUAL]
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      seen.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => seen.push(`uncaught: ${error.error().message}`))
  context.on('request', (request) => {
    const url = request.url()
    requests.push(url)
    if (!url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`))
      seen.push(`request to another origin: ${url.slice(0, 200)}`)
  })
  return {
    problems: () => seen.filter((line) => !expected.some((pattern) => pattern.test(line))),
    expect: (pattern) => expected.push(pattern),
    requests,
  }
}
