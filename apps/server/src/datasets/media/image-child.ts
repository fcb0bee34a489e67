// A process of its own that decodes images of strangers and writes them anew, so that whatever a decoder does to its process, the
// server goes on. Speaks with image-workshop.ts.
import sharp, { type Sharp } from 'sharp'
import { broken, type ImageKind, type ImageProblem, MAX_IMAGE_PIXELS, sizeProblem } from './image-rules.ts'

export type ImageJob = { bytes: Uint8Array; kind: ImageKind }
export type CleanImage = { bytes: Uint8Array; mime: string; width: number; height: number }
export type ImageResult = { image: CleanImage } | { problem: ImageProblem }

/** Of the decoders only these, whatever the bytes turn out to be. */
const DECODERS = [
  ...['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'],
  'VipsForeignLoadHeif',
]

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: DECODERS })

process.on('disconnect', () => process.exit())
process.on('message', async (job: ImageJob) => {
  const result = await clean(job).catch((error: unknown): ImageResult => ({ problem: problemOf(error) }))
  process.send?.(result)
})
process.send?.('ready')

/** The first frame, upright, in sRGB with 8 bits a channel, and nothing beside its pixels. */
async function clean({ bytes, kind }: ImageJob): Promise<ImageResult> {
  // The header alone; no pixel is decoded before its size is known.
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
  const problem = sizeProblem(width, height)
  if (problem) return { problem }
  const upright = sharp(bytes, {
    autoOrient: true,
    failOn: 'error',
    limitInputPixels: MAX_IMAGE_PIXELS,
    sequentialRead: true,
  }).toColourspace('srgb')
  const { data, info } = await encode(upright, bytes, kind).toBuffer({ resolveWithObject: true })
  return {
    image: { bytes: data, mime: `image/${info.format}`, width: info.width, height: info.height },
  }
}

/** In its own format, but for those that browsers show less surely or that cost minutes to write. */
function encode(image: Sharp, bytes: Uint8Array, kind: ImageKind): Sharp {
  if (kind === 'jpeg') return image.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
  if (kind === 'png' || kind === 'gif') return image.png()
  const lossless =
    kind === 'webp' && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('VP8L')
  return image.webp(lossless ? { lossless: true } : { quality: 92 })
}

function problemOf(error: unknown): ImageProblem {
  const message = error instanceof Error ? error.message : String(error)
  const [first = ''] = message.split('\n')
  return broken(`${first.slice(0, 200).replace(/\.?$/, '.')}`)
}
