import type { DestinationPlace } from '@groundwork/contract'
import { AwsClient } from 'aws4fetch'
import { asBlob, DeliveryError, type OutgoingFile } from './export-source.ts'
import { reachable } from './reachable.ts'

type Bucket = Extract<DestinationPlace, { kind: 's3' }>

/**
 * Puts the files into a bucket of any store that speaks the S3 protocol, by path-style addresses. Objects of up to 5 GB.
 * @param allowed hosts that the operator names; none: any of the public internet
 * @returns where they are, as `s3://bucket/prefix`
 */
export async function sendToS3(
  place: Bucket,
  secretAccessKey: string,
  allowed: readonly string[],
  files: OutgoingFile[],
): Promise<string> {
  const endpoint = new URL(place.endpoint)
  await reachable(endpoint, allowed)
  const client = new AwsClient({
    accessKeyId: place.accessKeyId,
    secretAccessKey,
    service: 's3',
    region: place.region,
    retries: 3,
  })
  const prefix = place.prefix.split('/').filter(Boolean).map(encodeURIComponent)
  const base = [endpoint.href.replace(/\/+$/, ''), place.bucket, ...prefix].join('/')
  for (const file of files) {
    await asBlob(file, async (body) => {
      const response = await client.fetch(`${base}/${encodeURIComponent(file.name)}`, { method: 'PUT', body })
      const said = await response.text().catch(() => '')
      if (response.ok) return
      const code = /<Code>(\w+)<\/Code>/.exec(said)?.[1]
      throw new DeliveryError(
        `The store answered ${response.status}${code ? ` (${code})` : ''} to ${file.name}. Look at the bucket's name and the key's rights.`,
      )
    })
  }
  return `s3://${[place.bucket, ...place.prefix.split('/').filter(Boolean)].join('/')}`
}
