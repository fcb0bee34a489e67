/** Rows of RGB; every pixel is the mean of `SCALE` × `SCALE` pixels of CSS. */
export type SmallPicture = { width: number; height: number; bytes: Uint8Array }

export type Difference = {
  /** How many blocks differ, of how many. */
  blocks: number
  of: number
  /** What they lie in, in pixels of CSS; null when none differs. */
  box: Box | null
  /** 1 for every pixel of a block that differs, by rows. */
  marks: Uint8Array
}

type Box = { left: number; top: number; right: number; bottom: number }

/** Smooths the edges of letters, and leaves a hairline a third of its contrast. */
export const SCALE = 3
/** Blocks, in which shapes are compared, are 24 pixels of CSS wide and high. */
const BLOCK = 8
/** Fields, in which colours are compared, are 48: in several letters, what the edges of one make lighter others make darker. */
const FIELD = 16

// How these were chosen stands in tests/e2e/README.md.
/** A pixel may differ by so many levels of 255 … */
const LEVELS = 4
/** … and this share of the contrast around it, for letters are drawn a little otherwise on another machine. */
const OF_CONTRAST = 0.5
/** A block differs when so many of its pixels do: less than a hairline across it. */
const PIXELS = 5
/** The mean of a field may differ by so many levels … */
const MEAN_LEVELS = 1.5
/** … and this share of the mean contrast in it, for letters keep their ink however their edges are drawn. */
const MEAN_OF_CONTRAST = 0.06

const CHANNELS = [0, 1, 2] as const

/** Where levels are farther apart than this, they are stored in steps of so many, which is seen by nobody there. */
const ROUGH = 24
const STEP = 6

/** Makes a picture of RGB rows small. Rows and columns that make no whole pixel are left out. */
export function reduce(picture: SmallPicture): SmallPicture {
  const width = Math.floor(picture.width / SCALE)
  const height = Math.floor(picture.height / SCALE)
  const bytes = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let at = 0; at < width * 3; at++) {
      const from = y * SCALE * picture.width * 3 + Math.floor(at / 3) * SCALE * 3 + (at % 3)
      let sum = 0
      for (let row = 0; row < SCALE; row++)
        for (let column = 0; column < SCALE; column++)
          sum += picture.bytes[from + (row * picture.width + column) * 3] ?? 0
      bytes[y * width * 3 + at] = Math.round(sum / SCALE ** 2)
    }
  }
  return { width, height, bytes }
}

/**
 * Compares two small pictures block by block. A block differs when several of its pixels differ by more than the contrast around them
 * explains (something moved, came or went), or when the mean of the field around it does (something has another colour).
 * @throws Error for pictures of two sizes
 */
export function compare(expected: SmallPicture, got: SmallPicture): Difference {
  const { width, height } = expected
  if (got.width !== width || got.height !== height)
    throw new Error(`A picture of ${got.width} × ${got.height} is no match for one of ${width} × ${height}.`)
  const contrast = contrastOf(expected)
  for (const [index, one] of contrastOf(got).entries()) contrast[index] = Math.max(one, contrast[index] ?? 0)
  const marks = new Uint8Array(width * height)
  const mark = (box: Box) => {
    for (let y = box.top; y < box.bottom; y++) marks.fill(1, y * width + box.left, y * width + box.right)
  }
  for (const field of tiles(expected, FIELD)) {
    const { mean, contrastMean } = measure(expected, got, contrast, field)
    if (mean > MEAN_LEVELS + MEAN_OF_CONTRAST * contrastMean) mark(field)
  }
  const blocks = tiles(expected, BLOCK)
  for (const block of blocks) if (measure(expected, got, contrast, block).pixels >= PIXELS) mark(block)
  const differing = blocks.filter(({ left, top }) => marks[top * width + left] === 1)
  return { blocks: differing.length, of: blocks.length, box: around(differing), marks }
}

/** Squares that cover a picture, smaller at its right and lower edge. */
function tiles({ width, height }: SmallPicture, size: number): Box[] {
  const boxes: Box[] = []
  for (let top = 0; top < height; top += size)
    for (let left = 0; left < width; left += size)
      boxes.push({
        left,
        top,
        right: Math.min(left + size, width),
        bottom: Math.min(top + size, height),
      })
  return boxes
}

/** How many pixels differ in a box, by how much its mean does, and the mean contrast there. */
function measure(
  expected: SmallPicture,
  got: SmallPicture,
  contrast: Uint8Array,
  { left, top, right, bottom }: Box,
) {
  const sums: [number, number, number] = [0, 0, 0]
  let pixels = 0
  let contrasts = 0
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * expected.width + x
      const here = contrast[at] ?? 0
      let most = 0
      for (const channel of CHANNELS) {
        const levels = (got.bytes[at * 3 + channel] ?? 0) - (expected.bytes[at * 3 + channel] ?? 0)
        sums[channel] += levels
        most = Math.max(most, Math.abs(levels))
      }
      if (most > LEVELS + OF_CONTRAST * here) pixels++
      contrasts += here
    }
  }
  const count = (right - left) * (bottom - top)
  return { pixels, mean: Math.max(...sums.map(Math.abs)) / count, contrastMean: contrasts / count }
}

/** How far apart the levels of a pixel and of its eight neighbours are, in the channel where they are farthest. */
function contrastOf({ width, height, bytes }: SmallPicture): Uint8Array {
  const contrast = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = 0
      for (const channel of CHANNELS) {
        let least = 255
        let greatest = 0
        for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
          for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
            const level = bytes[(row * width + column) * 3 + channel] ?? 0
            if (level < least) least = level
            if (level > greatest) greatest = level
          }
        }
        most = Math.max(most, greatest - least)
      }
      contrast[y * width + x] = most
    }
  }
  return contrast
}

/** What is around boxes, in CSS pixels. */
function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null
  return {
    left: SCALE * Math.min(...boxes.map((box) => box.left)),
    top: SCALE * Math.min(...boxes.map((box) => box.top)),
    right: SCALE * Math.max(...boxes.map((box) => box.right)),
    bottom: SCALE * Math.max(...boxes.map((box) => box.bottom)),
  }
}

/** The picture in grey, with the blocks that differ in red. */
export function drawDifference({ width, height, bytes }: SmallPicture, { marks }: Difference): SmallPicture {
  const drawn = new Uint8Array(bytes.length)
  for (let at = 0; at < width * height; at++) {
    const grey = ((bytes[at * 3] ?? 0) + (bytes[at * 3 + 1] ?? 0) + (bytes[at * 3 + 2] ?? 0)) / 3
    drawn.set(marks[at] === 1 ? [(grey + 255) / 2, grey / 2, grey / 2] : [grey, grey, grey], at * 3)
  }
  return { width, height, bytes: drawn }
}

/** The same picture with fewer colours, so that its file is small: surfaces keep theirs, edges are rounded. */
export function withFewColours(picture: SmallPicture): SmallPicture {
  const contrast = contrastOf(picture)
  const bytes = picture.bytes.map((level, at) =>
    (contrast[Math.floor(at / 3)] ?? 0) < ROUGH ? level : Math.min(255, Math.round(level / STEP) * STEP),
  )
  return { ...picture, bytes }
}
