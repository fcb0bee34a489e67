import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import {
  compare,
  type Difference,
  drawDifference,
  reduce,
  SCALE,
  type SmallPicture,
  withFewColours,
} from './picture-compare.ts'
import { holdSteady } from './picture-steady.ts'

const FOLDER = fileURLToPath(new URL('../pictures/', import.meta.url))
/** Where pages are kept whose test failed. */
export const FAILED = join(tmpdir(), 'groundwork-failed-pages')
const UPDATE = process.env.GROUNDWORK_UPDATE_PICTURES === '1'
/** So long a page may take until it looks as it should: code is coloured and images are drawn a moment after the text. */
const PATIENCE_MS = 5_000

/**
 * Compares the window with its picture in `tests/e2e/pictures`.
 * @returns what is wrong, and what to do about it; nothing when all is well
 */
export async function pictureProblem(page: Page, name: string): Promise<string | undefined> {
  // Other systems draw letters in other ways.
  if (process.platform !== 'linux') return undefined
  const release = await holdSteady(page)
  try {
    return UPDATE ? await update(page, name) : await check(page, name)
  } finally {
    await release()
  }
}

async function check(page: Page, name: string): Promise<string | undefined> {
  const file = fileOf(name)
  if (!existsSync(file))
    return `There is no picture of ${name} yet: GROUNDWORK_UPDATE_PICTURES=1 makes it (tests/e2e/README.md); look at it before it is committed.`
  const expected = await read(file)
  const { got, difference } = await untilLike(page, expected)
  if (difference.blocks === 0) return undefined
  await keep(name, expected, got, difference)
  return `${told(name, difference)} See ${join(FAILED, name)}-{expected,got,difference}.png. If this is how it is meant to look: GROUNDWORK_UPDATE_PICTURES=1 (tests/e2e/README.md).`
}

/** Where and how much, in words. */
function told(name: string, { blocks, of, box }: Difference): string {
  const where = box ? `${box.left},${box.top} to ${box.right},${box.bottom}` : 'nowhere'
  return `${name} does not look as in its picture: ${blocks} of ${of} blocks differ, within ${where} (CSS pixels).`
}

async function update(page: Page, name: string): Promise<undefined> {
  // What is drawn a moment later belongs to the picture.
  let taken = await take(page)
  for (let same = 0; same < 2; ) {
    await new Promise((done) => setTimeout(done, 150))
    const next = await take(page)
    same = compare(taken, next).blocks === 0 ? same + 1 : 0
    taken = next
  }
  const file = fileOf(name)
  // A picture that is still good stays as it is, so that a change shows what it changes.
  if (existsSync(file) && isLike(await read(file), taken)) return
  await mkdir(FOLDER, { recursive: true })
  await rm(file, { force: true })
  await writeFile(file, await encode(taken))
}

async function untilLike(page: Page, expected: SmallPicture) {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const got = await take(page)
    const difference = compare(expected, got)
    if (difference.blocks === 0 || Date.now() > end) return { got, difference }
  }
}

const isLike = (one: SmallPicture, other: SmallPicture) =>
  one.width === other.width && one.height === other.height && compare(one, other).blocks === 0

async function take(page: Page): Promise<SmallPicture> {
  return reduce(
    await pixelsOf(await page.screenshot({ caret: 'hide', scale: 'css', animations: 'disabled' })),
  )
}

const fileOf = (name: string) => `${FOLDER}${name}.webp`
const read = async (file: string) => pixelsOf(await readFile(file))

async function pixelsOf(file: Buffer): Promise<SmallPicture> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, bytes: data }
}

const sharpOf = ({ width, height, bytes }: SmallPicture) =>
  sharp(bytes, { raw: { width, height, channels: 3 } })

const encode = (picture: SmallPicture): Promise<Buffer> =>
  sharpOf(withFewColours(picture)).webp({ lossless: true, effort: 6 }).toBuffer()

/** Three pictures as large as the window, so that places are those of the message. */
async function keep(name: string, expected: SmallPicture, got: SmallPicture, difference: Difference) {
  await mkdir(FAILED, { recursive: true })
  const pictures = { expected, got, difference: drawDifference(got, difference) }
  for (const [kind, picture] of Object.entries(pictures))
    await sharpOf(picture)
      .resize(picture.width * SCALE, picture.height * SCALE, { kernel: 'nearest' })
      .png()
      .toFile(join(FAILED, `${name}-${kind}.png`))
}
