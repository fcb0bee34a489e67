/** The most bytes of one image as it is given. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024
/** The most pixels of one image, and of one side; known before anything is decoded. */
export const MAX_IMAGE_PIXELS = 50_000_000
export const MAX_IMAGE_SIDE = 12_000

/** Why an image is refused: a stable code, and how to mend it. */
export type ImageProblem = { code: ImageProblemCode; message: string }
export type ImageProblemCode =
  | 'image_broken'
  | 'image_missing'
  | 'image_path'
  | 'image_remote'
  | 'image_svg'
  | 'image_too_large'
  | 'image_too_many_pixels'
  | 'image_type'
  | 'image_unknown'

export type ImageKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif'

/** What an image is, by its first bytes alone; names and declared types say nothing. */
export function sniffImage(bytes: Uint8Array): ImageKind | 'svg' | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  const head = latin1(bytes.subarray(0, 64))
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.slice(4, 8) === 'ftyp' && /avif|avis/.test(head.slice(8, 40))) return 'avif'
  return isSvg(bytes) ? 'svg' : null
}

function isSvg(bytes: Uint8Array): boolean {
  const start = latin1(bytes.subarray(0, 1_000)).replaceAll('\0', '')
  return /<svg[\s>]/i.test(start) || /<!DOCTYPE\s+svg/i.test(start)
}

/** The kind of an image that may be decoded, or why it may not. */
export function admitImage(bytes: Uint8Array): { kind: ImageKind } | { problem: ImageProblem } {
  if (bytes.length > MAX_IMAGE_BYTES) return { problem: tooLarge(bytes.length) }
  const kind = sniffImage(bytes)
  if (kind === 'svg') {
    return {
      problem: {
        code: 'image_svg',
        message: 'SVG can carry scripts and is not taken. Save the image as PNG.',
      },
    }
  }
  if (kind) return { kind }
  return {
    problem: {
      code: 'image_type',
      message: 'The bytes are no PNG, JPEG, WebP, GIF or AVIF. Save the image as one of these.',
    },
  }
}

export const tooLarge = (bytes: number): ImageProblem => ({
  code: 'image_too_large',
  message: `The image has ${megabytes(bytes)} MB; the most is ${megabytes(MAX_IMAGE_BYTES)} MB. Save it smaller.`,
})

/** Undefined when an image of this size may be decoded. */
export function sizeProblem(width: number, height: number): ImageProblem | undefined {
  if (width <= MAX_IMAGE_SIDE && height <= MAX_IMAGE_SIDE && width * height <= MAX_IMAGE_PIXELS)
    return undefined
  const most = `${MAX_IMAGE_PIXELS / 1_000_000} million pixels and ${MAX_IMAGE_SIDE} on a side`
  return {
    code: 'image_too_many_pixels',
    message: `The image is ${width} × ${height} pixels; the most is ${most}. Scale it down.`,
  }
}

export const broken = (why: string): ImageProblem => ({
  code: 'image_broken',
  message: `The image cannot be decoded: ${why} Save it again with an image editor.`,
})

const megabytes = (bytes: number) => Math.ceil((bytes / 1024 / 1024) * 10) / 10

const startsWith = (bytes: Uint8Array, head: number[]) => head.every((byte, index) => bytes[index] === byte)

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
