import { asBlob, DeliveryError, type OutgoingFile } from './export-source.ts'
import { type Hub, hubError, patiently } from './hub.ts'

type Action = { href: string; header?: Record<string, string> }
type Batch = {
  objects?: { oid: string; actions?: { upload?: Action; verify?: Action }; error?: { message?: string } }[]
}

const LFS = 'application/vnd.git-lfs+json'

/** Sends files by Git LFS: whole, or in parts where the Hub names addresses for them. What it has already is not sent again. */
export async function uploadLarge(
  hub: Hub,
  repository: string,
  branch: string,
  files: OutgoingFile[],
): Promise<void> {
  if (files.length === 0) return
  const response = await hub.fetch(`/datasets/${repository}.git/info/lfs/objects/batch`, {
    json: {
      operation: 'upload',
      transfers: ['basic', 'multipart'],
      hash_algo: 'sha256',
      ref: { name: branch },
      objects: files.map(({ sha256, bytes }) => ({ oid: sha256, size: bytes })),
    },
    type: LFS,
    accept: LFS,
  })
  if (!response.ok) throw await hubError(response, 'The Hub does not take the large files')
  const { objects = [] } = (await response.json()) as Batch
  for (const file of files) {
    const object = objects.find(({ oid }) => oid === file.sha256)
    if (!object) throw new DeliveryError(`The Hub did not say where ${file.name} goes.`)
    if (object.error)
      throw new DeliveryError(`The Hub refuses ${file.name}: ${object.error.message ?? 'no reason given'}.`)
    const { upload, verify } = object.actions ?? {}
    if (!upload) continue
    if (upload.header?.chunk_size) await sendParts(file, upload)
    else await put(upload.href, file, 0, file.bytes, upload.header)
    if (verify) await check(verify, file)
  }
}

/** The parts' addresses stand under their numbers among the headers; the address of the action ends the upload. */
async function sendParts(file: OutgoingFile, { href, header = {} }: Action): Promise<void> {
  const size = Number(header.chunk_size)
  const numbers = Object.keys(header)
    .filter((key) => /^\d+$/.test(key))
    .sort((one, other) => Number(one) - Number(other))
  if (!(size > 0) || numbers.length !== Math.ceil(file.bytes / size))
    throw new DeliveryError(
      `The Hub named ${numbers.length} parts for ${file.name}, which do not fit its size.`,
    )
  const parts: { partNumber: number; etag: string }[] = []
  for (const number of numbers) {
    const start = (Number(number) - 1) * size
    const address = header[number] ?? ''
    const response = await put(address, file, start, Math.min(start + size, file.bytes))
    const etag = response.headers.get('etag')
    if (!etag) throw new DeliveryError(`A part of ${file.name} was taken without a receipt.`)
    parts.push({ partNumber: Number(number), etag })
  }
  await post(href, { oid: file.sha256, parts }, file)
}

async function check({ href, header }: Action, file: OutgoingFile): Promise<void> {
  await post(href, { oid: file.sha256, size: file.bytes }, file, header)
}

async function post(
  href: string,
  body: object,
  file: OutgoingFile,
  header: Record<string, string> = {},
): Promise<void> {
  const response = await patiently(() =>
    fetch(href, {
      method: 'POST',
      headers: { accept: LFS, 'content-type': LFS, ...header },
      body: JSON.stringify(body),
    }),
  )
  if (!response.ok) throw await hubError(response, `${file.name} did not arrive whole`)
  await response.text()
}

/** These addresses are signed for one object each; the token does not go there. */
async function put(
  href: string,
  file: OutgoingFile,
  start: number,
  end: number,
  header: Record<string, string> = {},
): Promise<Response> {
  const response = await asBlob(
    file,
    (body) => patiently(() => fetch(href, { method: 'PUT', headers: header, body })),
    { start, end },
  )
  if (!response.ok) throw await hubError(response, `${file.name} could not be sent`)
  await response.text()
  return response
}
