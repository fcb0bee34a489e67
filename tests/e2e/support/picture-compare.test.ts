import sharp, { type Sharp } from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { compare, reduce, type SmallPicture, withFewColours } from './picture-compare.ts'

const [WIDTH, HEIGHT] = [480, 360]

type Page = {
  ground?: string
  line?: string
  accent?: string
  ink?: string
  buttonLeft?: number
  top?: number
  size?: number
  /** What the words are made from. */
  seed?: number
}

/** A fixed sequence that is as even as chance (Lehmer's generator). */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** Words of strokes as thick as those of letters: no font of the machine has a say in them. */
function words(y: number, size: number, seed: number): string {
  const next = chance(seed)
  const strokes: string[] = []
  for (let x = 24; x < 430; x += size * 0.36) {
    if (next(6) === 0) continue
    const high = size * (next(4) === 0 ? 0.72 : 0.5)
    strokes.push(`<rect x="${x}" y="${y - high}" width="${size * 0.1}" height="${high}"/>`)
    if (next(2) === 0)
      strokes.push(`<rect x="${x}" y="${y - high}" width="${size * 0.3}" height="${size * 0.09}"/>`)
  }
  return strokes.join('')
}

/** A page as a browser draws one: a bar with a hairline below, text, a field, a button. */
async function page({
  ground = '#fcfaf7',
  line = '#dddbd8',
  accent = '#2e50a0',
  ink = '#494745',
  buttonLeft = 330,
  top = 0,
  size = 14,
  seed = 7,
}: Page = {}): Promise<SmallPicture> {
  const lines = [90, 112, 134, 156, 178].map((y) => words(y + top, size, seed * y))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="${ground}"/>
    <rect y="48" width="100%" height="1" fill="${line}"/>
    <g fill="${ink}">${lines.join('')}</g>
    <rect x="24.5" y="${220.5 + top}" width="200" height="60" fill="none" stroke="#878683"/>
    <rect x="${buttonLeft}" y="300" width="120" height="36" rx="4" fill="${accent}"/>
  </svg>`
  return pixelsOf(sharp(Buffer.from(svg)))
}

async function pixelsOf(image: Sharp): Promise<SmallPicture> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, bytes: data }
}

const sharpOf = ({ width, height, bytes }: SmallPicture) =>
  sharp(bytes, { raw: { width, height, channels: 3 } })

let expected: SmallPicture

/** How many blocks of a page differ from the usual page as it is stored. */
const blocks = (got: SmallPicture) => compare(expected, reduce(got)).blocks

beforeAll(async () => {
  expected = withFewColours(reduce(await page()))
})

test('a page is like its stored picture', async () => {
  expect(compare(expected, reduce(await page()))).toMatchObject({ blocks: 0, of: 300, box: null })
})

test('how the edges of letters are drawn makes no difference', async () => {
  const usual = await page()
  expect(blocks(await pixelsOf(sharpOf(usual).blur(0.5)))).toBe(0)
  expect(blocks(await pixelsOf(sharpOf(usual).sharpen({ sigma: 0.6, m1: 0.5, m2: 0.5 })))).toBe(0)
  // A quarter of a pixel to the right, as another way of placing letters would have it.
  const moved = usual.bytes.map((level, at) => level * 0.75 + (usual.bytes[at < 3 ? at : at - 3] ?? 0) * 0.25)
  expect(blocks({ ...usual, bytes: moved })).toBe(0)
})

test('a colour that is off by one level makes no difference', async () => {
  const usual = await page()
  expect(blocks({ ...usual, bytes: usual.bytes.map((level) => Math.max(0, level - 1)) })).toBe(0)
  expect(blocks(await page({ accent: '#2f51a1', line: '#dcdad7' }))).toBe(0)
})

test('noise of two levels makes no difference', async () => {
  const usual = await page()
  const next = chance(1)
  const noisy = usual.bytes.map((level) => Math.min(255, Math.max(0, level + next(5) - 2)))
  expect(blocks({ ...usual, bytes: noisy })).toBe(0)
})

test.each<[string, Page]>([
  ['a button that moved by four pixels', { buttonLeft: 326 }],
  ['content that moved by three pixels', { top: 3 }],
  ['letters that are one pixel larger', { size: 15 }],
  ['a hairline that is missing', { line: '#fcfaf7' }],
  ['another ground', { ground: '#f6f4f1' }],
  ['another accent', { accent: '#21408b' }],
  ['fainter text', { ink: '#7d7b78' }],
  ['other words', { seed: 11 }],
  ['no text', { ink: '#fcfaf7' }],
  ['the other theme', { ground: '#12110f', line: '#33312f', accent: '#90afee', ink: '#bfbdba' }],
])('%s: differs', async (_, changed) => {
  expect(blocks(await page(changed))).toBeGreaterThan(0)
})

test('a difference says where it is', async () => {
  const { box } = compare(expected, reduce(await page({ accent: '#a55026' })))
  expect(box).toEqual({ left: 288, top: 288, right: 480, bottom: 336 })
})

test('pictures of two sizes are no match', async () => {
  expect(() => compare(expected, { width: 2, height: 2, bytes: new Uint8Array(12) })).toThrow(
    'A picture of 2 × 2 is no match for one of 160 × 120.',
  )
})
