/**
 * Dense symmetric positive definite algebra, row-major in Float64Arrays. The inner loops are dot products of contiguous rows with
 * four sums at once, which is what the engine's scalar floating point can overlap.
 */

/** Dot product of a[x … x + length) and b[y … y + length). */
function dot(a: Float64Array, x: number, b: Float64Array, y: number, length: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < length; i += 4) {
    s0 += a[x + i]! * b[y + i]!
    s1 += a[x + i + 1]! * b[y + i + 1]!
    s2 += a[x + i + 2]! * b[y + i + 2]!
    s3 += a[x + i + 3]! * b[y + i + 3]!
  }
  for (; i < length; i++) s0 += a[x + i]! * b[y + i]!
  return s0 + s1 + (s2 + s3)
}

/** Four dot products of a[x …) with rows y, y + n, y + 2n, y + 3n of b, left in `quad`: the loads of a are shared. */
const quad = new Float64Array(4)
function dot4(a: Float64Array, x: number, b: Float64Array, y: number, n: number, length: number): void {
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

/** Cholesky factor in the lower triangle of `a` (n × n), in place. Returns false if `a` is not positive definite. */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n
    let j = 0
    for (; j + 3 < i; j += 4) {
      const below = j * n
      dot4(a, row, a, below, n, j)
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

/** The inverse of a Cholesky factor, transposed: row j holds column j of L⁻¹, so (L⁻¹)_ij = m[j · n + i] for i ≥ j. */
function inverseFactor(factor: Float64Array, n: number): Float64Array {
  const m = new Float64Array(n * n)
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
      dot4(factor, i * n + j, m, j * n + j, n, i - j)
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

/** Diagonal of the inverse of a symmetric positive definite matrix from its Cholesky factor. */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  const m = inverseFactor(factor, n)
  return Float64Array.from({ length: n }, (_, i) => dot(m, i * n + i, m, i * n + i, n - i))
}

/** Inverse of a symmetric positive definite matrix from its Cholesky factor, as a full matrix in a new array. */
export function inverseFromCholesky(factor: Float64Array, n: number): Float64Array {
  const m = inverseFactor(factor, n)
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    let j = 0
    // Rows of m are zero before their diagonal, so all sums may start at i.
    for (; j + 3 <= i; j += 4) {
      dot4(m, i * n + i, m, j * n + i, n, n - i)
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

/** Diagonal of X·B·X for symmetric X and B (n × n). */
export function sandwichDiagonal(x: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n)
  let i = 0
  // Four rows of X at a time: each element of B is loaded once for four quadratic forms.
  for (; i + 3 < n; i += 4) {
    const r0 = i * n
    const r1 = r0 + n
    const r2 = r1 + n
    const r3 = r2 + n
    let q0 = 0
    let q1 = 0
    let q2 = 0
    let q3 = 0
    for (let j = 0; j < n; j++) {
      const row = j * n
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let k = 0; k < j; k++) {
        const value = b[row + k]!
        s0 += value * x[r0 + k]!
        s1 += value * x[r1 + k]!
        s2 += value * x[r2 + k]!
        s3 += value * x[r3 + k]!
      }
      const half = b[row + j]! / 2
      q0 += x[r0 + j]! * (s0 + half * x[r0 + j]!)
      q1 += x[r1 + j]! * (s1 + half * x[r1 + j]!)
      q2 += x[r2 + j]! * (s2 + half * x[r2 + j]!)
      q3 += x[r3 + j]! * (s3 + half * x[r3 + j]!)
    }
    out[i] = 2 * q0
    out[i + 1] = 2 * q1
    out[i + 2] = 2 * q2
    out[i + 3] = 2 * q3
  }
  for (; i < n; i++) {
    let q = 0
    for (let j = 0; j < n; j++)
      q += x[i * n + j]! * (dot(b, j * n, x, i * n, j) + (b[j * n + j]! / 2) * x[i * n + j]!)
    out[i] = 2 * q
  }
  return out
}
