import { type Zippable, zipSync } from 'fflate'
import sharp, { type Sharp } from 'sharp'

/** A picture of its own for every seed: stripes, so that left differs from right and top from bottom. */
export function picture(seed: number, width = 64, height = 48): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) {
    pixels[at * 3] = (at % width) * 3
    pixels[at * 3 + 1] = Math.floor(at / width) * 4
    pixels[at * 3 + 2] = (seed * 37) % 256
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

export const png = (seed: number, width?: number, height?: number): Promise<Buffer> =>
  picture(seed, width, height).png().toBuffer()

/** A JPEG as a phone takes it: stored on its side, and saying where and with what it was taken. */
export const photo = (seed: number): Promise<Buffer> =>
  picture(seed)
    .withExif({
      IFD0: { Make: 'SecretCamera' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export const dataUrl = (mime: string, bytes: Uint8Array): string =>
  `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`

/** A zip of files by path; text is UTF-8. */
export function zipOf(files: Record<string, Uint8Array | string>): Buffer {
  const entries: Zippable = {}
  for (const [path, content] of Object.entries(files))
    entries[path] = typeof content === 'string' ? Buffer.from(content) : content
  return Buffer.from(zipSync(entries))
}

/** A line of a raw import that shows one image above two responses. */
export const imageLine = (externalId: string, assetId: string): string =>
  JSON.stringify({
    externalId,
    context: [
      {
        role: 'user',
        parts: [
          { type: 'image', assetId, alt: 'A chart' },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ],
    candidates: ['One answer.', 'Another answer.'].map((text, index) => ({
      id: 'ab'[index],
      messages: [{ role: 'assistant', parts: [{ type: 'text', text }] }],
    })),
  })
