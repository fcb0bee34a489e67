import { normalPath } from '@groundwork/contract/bundle'
import type { ImageProblem } from './image-rules.ts'

/** What the name of an image in a row means. */
export type ImageName =
  | { kind: 'asset'; id: string }
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'path'; path: string }
  | { kind: 'problem'; problem: ImageProblem }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads the name of an image: the id of an asset, a data URL, or a path beside the file. Nothing is ever fetched. */
export function readImageName(name: string): ImageName {
  if (UUID.test(name)) return { kind: 'asset', id: name.toLowerCase() }
  if (/^data:/i.test(name)) return readDataUrl(name)
  if (/^(https?:|\/\/)/i.test(name.trim())) {
    const message = `The image is at ${short(name)}; nothing is fetched from elsewhere. Put the images into a zip or folder beside the file.`
    return { kind: 'problem', problem: { code: 'image_remote', message } }
  }
  return readPath(name)
}

function readDataUrl(url: string): ImageName {
  const comma = url.indexOf(',')
  const head = url.slice(0, comma)
  if (comma < 0 || comma > 200)
    return faulty(`"${short(url)}" is no data URL; it looks like data:image/png;base64,…`)
  const payload = url.slice(comma + 1)
  if (/;base64$/i.test(head)) {
    // Some writers break long lines.
    const text = payload.replace(/\s+/g, '')
    if (!/^[\w+/-]*={0,2}$/.test(text)) return faulty('The data URL holds characters that are not base64.')
    return { kind: 'data', bytes: Buffer.from(text, 'base64') }
  }
  try {
    return { kind: 'data', bytes: Buffer.from(decodeURIComponent(payload), 'latin1') }
  } catch {
    return faulty('The data URL is badly escaped.')
  }
}

function readPath(name: string): ImageName {
  const path = normalPath(name)
  if (path !== null) return { kind: 'path', path }
  return faulty(`"${short(name)}" is no path inside the zip or folder; write it like images/cat.png.`)
}

const faulty = (message: string): ImageName => ({ kind: 'problem', problem: { code: 'image_path', message } })

const short = (name: string) => (name.length > 120 ? `${name.slice(0, 119).toWellFormed()}…` : name)
