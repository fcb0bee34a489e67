import { dotKernel } from './dot-kernel.ts'

/**
 * Dense symmetric positive definite algebra, row-major in Float64Arrays. Nearly all of its time goes into dot products of one row
 * with four others.
 */
export interface DenseSpace {
  readonly n: number
  /** Another n × n matrix for the functions here to work on, zero at first; no more than the space was made for. */
  readonly take: () => Float64Array
  /** Dot products of a[x …) with rows y, y + n, y + 2n, y + 3n of b, left in `quad`. */
  readonly dot4: (a: Float64Array, x: number, b: Float64Array, y: number, length: number) => void
  readonly quad: Float64Array
}

/** Below this size, setting a WebAssembly instance up costs more than it saves. */
const WORTH_A_KERNEL = 100

/**
 * Room for `count` matrices of size n × n. Larger ones lie in a WebAssembly memory of their own, where vector instructions reach
 * them; without WebAssembly (a page may forbid it) they are plain arrays, and the results the same to rounding.
 */
export function denseSpace(n: number, count: number): DenseSpace {
  const kernel = n >= WORTH_A_KERNEL ? dotKernel(n, count) : undefined
  if (kernel) return kernel
  const quad = new Float64Array(4)
  return {
    n,
    take: () => new Float64Array(n * n),
    quad,
    dot4: (a, x, b, y, length) => plainDot4(quad, a, x, b, y, n, length),
  }
}

/** The loads of a are shared, and four sums at once are what scalar floating point can overlap. */
function plainDot4(
  quad: Float64Array,
  a: Float64Array,
  x: number,
  b: Float64Array,
  y: number,
  n: number,
  length: number,
): void {
  const y1 = y + n
  const y2 = y1 + n
  const y3 = y2 + n
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let i = 0; i < length; i++) {
    const value = a[x + i]!
    s0 += value * b[y + i]!
    s1 += value * b[y1 + i]!
    s2 += value * b[y2 + i]!
    s3 += value * b[y3 + i]!
  }
  quad[0] = s0
  quad[1] = s1
  quad[2] = s2
  quad[3] = s3
}

/** Dot product of a[x … x + length) and b[y … y + length). */
function dot(a: Float64Array, x: number, b: Float64Array, y: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += a[x + i]! * b[y + i]!
  return sum
}

/** Cholesky factor in the lower triangle of `a`, in place. Returns false if `a` is not positive definite. */
export function cholesky({ n, dot4, quad }: DenseSpace, a: Float64Array): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n
    let j = 0
    for (; j + 3 < i; j += 4) {
      const below = j * n
      dot4(a, row, a, below, j)
      // Within the four columns the later ones need the earlier ones' results.
      for (let c = 0; c < 4; c++) {
        const other = below + c * n + j
        let rest = a[row + j + c]! - quad[c]!
        for (let k = 0; k < c; k++) rest -= a[row + j + k]! * a[other + k]!
        a[row + j + c] = rest / a[other + c]!
      }
    }
    for (; j < i; j++) a[row + j] = (a[row + j]! - dot(a, row, a, j * n, j)) / a[j * n + j]!
    const pivot = a[row + i]! - dot(a, row, a, row, i)
    if (!(pivot > 0)) return false
    a[row + i] = Math.sqrt(pivot)
  }
  return true
}

/** The inverse of a Cholesky factor, transposed, into a new matrix: row j holds column j of L⁻¹, so (L⁻¹)_ij = m[j · n + i] for i ≥ j. */
function inverseFactor({ n, take, dot4, quad }: DenseSpace, factor: Float64Array): Float64Array {
  const m = take()
  let j = 0
  for (; j + 3 < n; j += 4) {
    // The triangle at the top of the four columns one by one, the rest of them together.
    for (let c = 0; c < 4; c++) {
      const row = (j + c) * n
      m[row + j + c] = 1 / factor[(j + c) * n + j + c]!
      for (let i = j + c + 1; i < j + 4; i++)
        m[row + i] = -dot(factor, i * n + j + c, m, row + j + c, i - j - c) / factor[i * n + i]!
    }
    for (let i = j + 4; i < n; i++) {
      dot4(factor, i * n + j, m, j * n + j, i - j)
      const pivot = factor[i * n + i]!
      for (let c = 0; c < 4; c++) m[(j + c) * n + i] = -quad[c]! / pivot
    }
  }
  for (; j < n; j++) {
    const row = j * n
    m[row + j] = 1 / factor[row + j]!
    for (let i = j + 1; i < n; i++)
      m[row + i] = -dot(factor, i * n + j, m, row + j, i - j) / factor[i * n + i]!
  }
  return m
}

/** Diagonal of the inverse of a symmetric positive definite matrix from its Cholesky factor; takes one matrix. */
export function inverseDiagonal(space: DenseSpace, factor: Float64Array): Float64Array {
  const { n } = space
  const m = inverseFactor(space, factor)
  return Float64Array.from({ length: n }, (_, i) => dot(m, i * n + i, m, i * n + i, n - i))
}

/** Inverse of a symmetric positive definite matrix from its Cholesky factor, in full; takes two matrices. */
export function inverseFromCholesky(space: DenseSpace, factor: Float64Array): Float64Array {
  const { n, take, dot4, quad } = space
  const m = inverseFactor(space, factor)
  const out = take()
  for (let i = 0; i < n; i++) {
    let j = 0
    // Rows of m are zero before their diagonal, so all sums may start at i.
    for (; j + 3 <= i; j += 4) {
      dot4(m, i * n + i, m, j * n + i, n - i)
      for (let c = 0; c < 4; c++) {
        out[i * n + j + c] = quad[c]!
        out[(j + c) * n + i] = quad[c]!
      }
    }
    for (; j <= i; j++) {
      const value = dot(m, i * n + i, m, j * n + i, n - i)
      out[i * n + j] = value
      out[j * n + i] = value
    }
  }
  return out
}

/** Diagonal of X·B·X for symmetric X and B. */
export function sandwichDiagonal(
  { n, dot4, quad }: DenseSpace,
  x: Float64Array,
  b: Float64Array,
): Float64Array {
  const out = new Float64Array(n)
  let i = 0
  // Four rows of X at a time: each row of B is read once for four quadratic forms.
  for (; i + 3 < n; i += 4)
    for (let j = 0; j < n; j++) {
      dot4(b, j * n, x, i * n, j)
      const half = b[j * n + j]! / 2
      for (let c = 0; c < 4; c++) {
        const value = x[(i + c) * n + j]!
        out[i + c] = out[i + c]! + 2 * value * (quad[c]! + half * value)
      }
    }
  for (; i < n; i++)
    for (let j = 0; j < n; j++) {
      const value = x[i * n + j]!
      out[i] = out[i]! + 2 * value * (dot(b, j * n, x, i * n, j) + (b[j * n + j]! / 2) * value)
    }
  return out
}
