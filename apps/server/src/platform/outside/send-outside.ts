import { lookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { type AllowedNetworks, isLoopbackAddress, mayReach } from './networks.ts'

/** Why a request to an address of a team could not be made; the message is for the team. */
export class OutsideError extends Error {}

/** Of an answer no more than this is read. */
const MOST_ANSWER_BYTES = 2_048

/**
 * What keeps an address from being called, as far as it can be known without asking for its host; undefined when nothing does.
 * Plain HTTP is for receivers on this machine, where the operator allows them.
 */
export function refusedUrl(text: string, allowed: AllowedNetworks): string | undefined {
  if (!URL.canParse(text)) return 'This is no address; it looks like https://example.org/hooks.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The address has to begin with https://.'
  if (url.username || url.password) return 'Leave name and password out of the address.'
  const host = hostOf(url)
  const local = host === 'localhost' || (isIP(host) !== 0 && isLoopbackAddress(host))
  if (url.protocol === 'http:' && !(local && allowed.has(isIP(host) === 0 ? '127.0.0.1' : host)))
    return 'The address has to begin with https://.'
  if (isIP(host) !== 0 && !mayReach(host, allowed)) return notPublic(host)
  return undefined
}

/**
 * Sends a request to an address that a team gave. Every address of its host is looked at when the connection is made, so a name
 * that answers differently the second time leads nowhere else. Redirects are not followed.
 * @throws OutsideError when it may not be reached, does not answer in time, or breaks off
 */
export async function sendOutside(
  url: string,
  options: {
    method?: 'POST' | 'PUT' | 'DELETE'
    headers: Record<string, string>
    /** A text, or so many bytes as they come. */
    body: string | { bytes: number; chunks: AsyncIterable<Uint8Array> }
    allowed: AllowedNetworks
    timeoutMs: number
  },
): Promise<{ status: number; text: string }> {
  const refused = refusedUrl(url, options.allowed)
  if (refused) throw new OutsideError(refused)
  const target = new URL(url)
  const body =
    typeof options.body === 'string'
      ? { bytes: Buffer.byteLength(options.body), chunks: [Buffer.from(options.body)] }
      : options.body
  const settings: RequestOptions = {
    method: options.method ?? 'POST',
    headers: { ...options.headers, 'content-length': String(body.bytes) },
    lookup: onlyReachable(options.allowed),
    signal: AbortSignal.timeout(options.timeoutMs),
    // A connection of its own for every request: a kept one was checked for another.
    agent: false,
  }
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = send(target, settings, resolve).on('error', reject)
      pipeline(body.chunks, request).catch(reject)
    })
    return { status: response.statusCode ?? 0, text: await beginningOf(response) }
  } catch (error) {
    throw new OutsideError(wordsFor(error, options.timeoutMs))
  }
}

/** Resolves a host and gives only addresses that may be reached to whoever connects; one that may not refuses the host. */
function onlyReachable(allowed: AllowedNetworks): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0)
      const bad = addresses.find(({ address }) => !mayReach(address, allowed))
      const [first] = addresses
      if (bad || !first) return done(new OutsideError(notPublic(hostname)), '', 0)
      if (options.all) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= MOST_ANSWER_BYTES) break
  }
  response.destroy()
  const text = Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString('utf8')
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').toLowerCase()

const notPublic = (host: string) =>
  `${host} is not on the public internet; the operator has to allow its network (GROUNDWORK_ALLOWED_NETWORKS).`

function wordsFor(error: unknown, timeoutMs: number): string {
  if (error instanceof OutsideError) return error.message
  const { name, code, message } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError')
    return `No answer within ${timeoutMs / 1_000} seconds.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'There is no host of this name.'
  if (code === 'ECONNREFUSED') return 'Nothing listens at this address.'
  if (code === 'ECONNRESET') return 'The connection was broken off.'
  return `The request failed: ${message || code || 'no reason given'}.`
}
