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

/** Cholesky factor in the lower triangle of `a` (n × n), in place. Returns false if `a` is not positive definite. */
export function cholesky(a: Float64Array, n: number): boolean {
  // Two columns at a time: two dot products share the loads of row i.
  for (let i = 0; i < n; i++) {
    const row = i * n
    let j = 0
    for (; j + 1 < i; j += 2) {
      const r0 = j * n
      const r1 = r0 + n
      let s0 = 0
      let s1 = 0
      let t0 = 0
      let t1 = 0
      let k = 0
      for (; k + 1 < j; k += 2) {
        const x = a[row + k]!
        const y = a[row + k + 1]!
        s0 += x * a[r0 + k]!
        t0 += y * a[r0 + k + 1]!
        s1 += x * a[r1 + k]!
        t1 += y * a[r1 + k + 1]!
      }
      for (; k < j; k++) {
        s0 += a[row + k]! * a[r0 + k]!
        s1 += a[row + k]! * a[r1 + k]!
      }
      const first = (a[row + j]! - s0 - t0) / a[r0 + j]!
      a[row + j] = first
      a[row + j + 1] = (a[row + j + 1]! - s1 - t1 - first * a[r1 + j]!) / a[r1 + j + 1]!
    }
    for (; j < i; j++) a[row + j] = (a[row + j]! - dot(a, row, a, j * n, j)) / a[j * n + j]!
    const pivot = a[row + i]! - dot(a, row, a, row, i)
    if (!(pivot > 0)) return false
    a[row + i] = Math.sqrt(pivot)
  }
  return true
}

/** Inverse of a symmetric positive definite matrix from its Cholesky factor, as a full matrix in a new array. */
export function inverseFromCholesky(factor: Float64Array, n: number): Float64Array {
  // Columns of L⁻¹ as contiguous rows: m[j · n + i] = (L⁻¹)_ij for i ≥ j.
  const m = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const row = j * n
    m[row + j] = 1 / factor[row + j]!
    for (let i = j + 1; i < n; i++)
      m[row + i] = -dot(factor, i * n + j, m, row + j, i - j) / factor[i * n + i]!
  }
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(m, i * n + i, m, j * n + i, n - i)
      out[i * n + j] = value
      out[j * n + i] = value
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
