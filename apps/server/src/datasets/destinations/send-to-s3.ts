import { setTimeout as wait } from 'node:timers/promises'
import type { DestinationPlace } from '@groundwork/contract'
import { AwsClient } from 'aws4fetch'
import { type AllowedNetworks, OutsideError, sendOutside } from '../../platform/index.ts'
import { asBlob, DeliveryError, type OutgoingFile, type OutgoingSet } from './export-source.ts'

type Bucket = Extract<DestinationPlace, { kind: 's3' }>
type Answer = { status: number; text: string }
export type Reachable = {
  /** Stores (with their port, if any) that the operator names; when there are some, no others. */
  hosts: readonly string[]
  networks: AllowedNetworks
}

const TRIES = 3
const PAUSE_MS = 1_000
const FILE_MS = 3_600_000
const REMOVE_MS = 60_000

/**
 * Puts the files into a bucket of any store that speaks the S3 protocol, by path-style addresses. Objects of up to 5 GB.
 * @returns where they are, as `s3://bucket/prefix`
 */
export async function sendToS3(
  place: Bucket,
  secretAccessKey: string,
  reachable: Reachable,
  { files, stale }: OutgoingSet,
): Promise<string> {
  const endpoint = new URL(place.endpoint)
  const named = reachable.hosts.includes(endpoint.host)
  if (reachable.hosts.length > 0 && !named) {
    throw new DeliveryError(
      `${endpoint.host} is not among the stores that the operator allows (GROUNDWORK_EXPORT_S3_HOSTS).`,
    )
  }
  const { accessKeyId, region } = place
  const client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region, retries: 0 })
  const prefix = place.prefix.split('/').filter(Boolean)
  const base = [endpoint.href.replace(/\/+$/, ''), place.bucket, ...prefix.map(encodeURIComponent)].join('/')
  const addressOf = (name: string) => `${base}/${name.split('/').map(encodeURIComponent).join('/')}`
  for (const file of files) {
    if (file === files.at(-1))
      for (const name of stale) await remove(client, addressOf(name), named ? null : reachable.networks)
    const url = addressOf(file.name)
    const put = () =>
      named ? putNamed(client, url, file) : putOutside(client, url, file, reachable.networks)
    const { status, text } = await patiently(put)
    if (status >= 200 && status < 300) continue
    const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1]
    throw new DeliveryError(
      `The store answered ${status}${code ? ` (${code})` : ''} to ${file.name}. Look at the bucket's name and the key's rights.`,
    )
  }
  return `s3://${[place.bucket, ...prefix].join('/')}`
}

/** The signature covers the content by its hash. */
const signed = (client: AwsClient, url: string, { sha256 }: OutgoingFile) =>
  client.sign(url, { method: 'PUT', headers: { 'x-amz-content-sha256': sha256 } })

/** What is not there any more is as good as removed. */
async function remove(client: AwsClient, url: string, allowed: AllowedNetworks | null): Promise<void> {
  const { headers } = await client.sign(url, { method: 'DELETE' })
  const ask = async (): Promise<Answer> => {
    if (allowed) {
      const sent = { method: 'DELETE' as const, headers: Object.fromEntries(headers), body: '' }
      return sendOutside(url, { ...sent, allowed, timeoutMs: REMOVE_MS }).catch(refused)
    }
    const response = await fetch(url, { method: 'DELETE', headers, redirect: 'error' })
    return { status: response.status, text: await response.text() }
  }
  const { status } = await patiently(ask)
  if (status >= 300 && status !== 404)
    throw new DeliveryError(
      `The store answered ${status} when ${new URL(url).pathname} of an earlier export was to be removed. The key needs the right to delete objects.`,
    )
}

/** To a store that the operator names, wherever it is. */
async function putNamed(client: AwsClient, url: string, file: OutgoingFile): Promise<Answer> {
  const { headers } = await signed(client, url, file)
  return asBlob(file, async (body) => {
    const response = await fetch(url, { method: 'PUT', headers, body, redirect: 'error' })
    return { status: response.status, text: await response.text() }
  })
}

/** To a store that a team names: never into the network that the server stands in. */
async function putOutside(
  client: AwsClient,
  url: string,
  file: OutgoingFile,
  allowed: AllowedNetworks,
): Promise<Answer> {
  const { headers } = await signed(client, url, file)
  return sendOutside(url, {
    method: 'PUT',
    headers: Object.fromEntries(headers),
    body: { bytes: file.bytes, chunks: file.read() },
    allowed,
    timeoutMs: FILE_MS,
  }).catch(refused)
}

function refused(error: unknown): never {
  throw error instanceof OutsideError ? new DeliveryError(error.message) : error
}

/** Again, after a pause, when the store is busy. */
async function patiently(put: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await put()
    if (answer.status < 500 || attempt >= TRIES) return answer
    await wait(PAUSE_MS * attempt)
  }
}
