import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** The pixels of a PNG as a browser takes it: eight bits a channel, not interlaced. */
type Pixels = { width: number; height: number; channels: 3 | 4; bytes: Buffer }

/**
 * The same picture with its 256 most frequent colours, every other colour being the nearest of these. Screens of text have few colours,
 * so nothing is seen of it, and the file is half as large.
 */
export function toSmallPng(png: Buffer): Buffer {
  const pixels = decode(png)
  const { width, height } = pixels
  const palette = frequentColours(pixels)
  const places = new Map(palette.map((colour, place) => [colour, place]))
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(pixels, y * width + x)
      let place = places.get(colour)
      if (place === undefined) {
        place = nearest(palette, colour)
        places.set(colour, place)
      }
      rows[y * (width + 1) + 1 + x] = place
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => channelsOf(colour)))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function frequentColours(pixels: Pixels): number[] {
  const counts = new Map<number, number>()
  for (let index = 0; index < pixels.width * pixels.height; index++) {
    const colour = colourAt(pixels, index)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 256)
    .map(([colour]) => colour)
}

function nearest(palette: readonly number[], colour: number): number {
  const wanted = channelsOf(colour)
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [place, candidate] of palette.entries()) {
    const far = channelsOf(candidate).reduce(
      (sum, value, channel) => sum + (value - (wanted[channel] ?? 0)) ** 2,
      0,
    )
    if (far < least) [best, least] = [place, far]
  }
  return best
}

const channelsOf = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255]

const colourAt = ({ bytes, channels }: Pixels, index: number) => bytes.readUIntBE(index * channels, 3)

function decode(png: Buffer): Pixels {
  const parts: Buffer[] = []
  let header: Buffer = Buffer.alloc(13)
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    const kind = png.toString('latin1', at + 4, at + 8)
    if (kind === 'IHDR') header = data
    if (kind === 'IDAT') parts.push(data)
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = header[9] === 6 ? 4 : 3
  return {
    width,
    height,
    channels,
    bytes: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels),
  }
}

/** Every row begins with the number of the filter that its bytes went through (PNG specification, section 9). */
function unfilter(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const size = width * channels
  const bytes = Buffer.alloc(height * size)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (size + 1)] ?? 0
    for (let x = 0; x < size; x++) {
      const at = y * size + x
      const left = x >= channels ? (bytes[at - channels] ?? 0) : 0
      const up = y > 0 ? (bytes[at - size] ?? 0) : 0
      const corner = x >= channels && y > 0 ? (bytes[at - size - channels] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      bytes[at] = (raw[y * (size + 1) + 1 + x] ?? 0) + guess
    }
  }
  return bytes
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
