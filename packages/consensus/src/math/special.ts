/** Digamma ψ(x) for x > 0, absolute error below 1e-12: recurrence to x ≥ 9, then the asymptotic series. */
export function digamma(x: number): number {
  let shift = 0
  let z = x
  // Two steps of ψ(z) = ψ(z + 1) − 1/z in one division.
  while (z < 9) {
    shift -= (2 * z + 1) / (z * (z + 1))
    z += 2
  }
  const r = 1 / (z * z)
  const series =
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12))))))
  return shift + Math.log(z) - 0.5 / z - series
}

/** Trigamma ψ′(x) for x > 0. */
export function trigamma(x: number): number {
  let shift = 0
  let z = x
  while (z < 10) {
    shift += 1 / (z * z)
    z++
  }
  const r = 1 / (z * z)
  const series = r * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66)))))
  return shift + 1 / z + r / 2 + series / z
}

/** log Γ(x) for x > 0: recurrence to x ≥ 10, then Stirling's series. */
export function logGamma(x: number): number {
  let shift = 0
  let z = x
  while (z < 10) {
    shift -= Math.log(z)
    z++
  }
  const r = 1 / (z * z)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series
}

/** Standard normal distribution function, by the continued fraction and series of erfc. */
export function normalCdf(x: number): number {
  const z = Math.abs(x)
  let tail: number
  if (z > 38) tail = 0
  else if (z < 6) {
    // Series Φ(z) − ½ = φ(z) Σ z^(2n+1) / (1·3·5…(2n+1)).
    let term = z
    let sum = z
    for (let n = 1; n < 300 && term > sum * 1e-17; n++) {
      term *= (z * z) / (2 * n + 1)
      sum += term
    }
    tail = 0.5 - sum * Math.exp(-0.5 * z * z) * INVERSE_ROOT_2PI
    if (tail < 0) tail = 0
  } else {
    let fraction = 0
    for (let n = 60; n > 0; n--) fraction = n / (z + fraction)
    tail = (Math.exp(-0.5 * z * z) * INVERSE_ROOT_2PI) / (z + fraction)
  }
  return x > 0 ? 1 - tail : tail
}

const INVERSE_ROOT_2PI = 0.3989422804014327

/** Standard normal quantile, by Newton steps from a rational start. Returns ±Infinity at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY
  if (p >= 1) return Number.POSITIVE_INFINITY
  const q = Math.min(p, 1 - p)
  const t = Math.sqrt(-2 * Math.log(q))
  let z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let i = 0; i < 4; i++) {
    const density = Math.exp(-0.5 * z * z) * INVERSE_ROOT_2PI
    const error = (normalCdf(-z) - q) / density
    z += error / (1 - (z * error) / 2)
  }
  return p < 0.5 ? -z : z
}

/** Regularised incomplete beta function I_x(a, b), by Lentz's continued fraction. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1), tiny)
  let h = d
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guard(1 + even * d, tiny)
    c = guard(1 + even / c, tiny)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guard(1 + odd * d, tiny)
    c = guard(1 + odd / c, tiny)
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return h
}

function guard(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** Quantile of Beta(a, b), by bisection on the distribution function. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (betaCdf(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Student's t quantile with `df` degrees of freedom. */
export function studentQuantile(p: number, df: number): number {
  if (!Number.isFinite(df)) return normalQuantile(p)
  const tail = 2 * Math.min(p, 1 - p)
  const x = betaQuantile(tail, df / 2, 0.5)
  const t = Math.sqrt((df * (1 - x)) / x)
  return p < 0.5 ? -t : t
}
