import { type Random, randomInt, seededRandom } from '../math/random.ts'

export interface TestOptions {
  /** Permutations behind the p-value, default 999; the smallest possible p is 1 / (permutations + 1). */
  readonly permutations?: number
  readonly seed?: number
}

export interface DriftResult {
  /** Probability of so large a change by chance alone; alarms at p ≤ α are false in a share α of steady people, exactly. */
  readonly pValue: number
  /** The index of the first judgment after the likeliest change. */
  readonly changeAt: number
  readonly before: number
  readonly after: number
}

/**
 * Whether a person's accuracy changed at some point: the largest standardised difference between before and after over all points, against
 * its permutation distribution. `outcomes` are 0 … 1 in order of time (right, wrong, or the probability of right);
 * `expected`, if given, is how often people in general are right on each of these tasks, so that a run of hard tasks is no alarm.
 * With fewer than eight judgments p is 1.
 */
export function driftTest(
  outcomes: ArrayLike<number>,
  options: TestOptions & { readonly expected?: ArrayLike<number>; readonly direction?: 'any' | 'down' } = {},
): DriftResult {
  const n = outcomes.length
  const { expected, direction = 'any', permutations = 999 } = options
  const residual = Float64Array.from({ length: n }, (_, i) => outcomes[i]! - (expected ? expected[i]! : 0))
  const edge = Math.max(3, Math.floor(n * 0.05))
  const meanOf = (from: number, to: number) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += outcomes[i]!
    return to > from ? sum / (to - from) : Number.NaN
  }
  if (n < 8) return { pValue: 1, changeAt: n, before: meanOf(0, n), after: Number.NaN }
  const found = largestShift(residual, edge, direction)
  const random = seededRandom(options.seed ?? 1)
  let asLarge = 0
  for (let p = 0; p < permutations; p++) {
    shuffleRange(random, residual, 0, n)
    if (largestShift(residual, edge, direction).statistic >= found.statistic - 1e-12) asLarge++
  }
  return {
    pValue: (asLarge + 1) / (permutations + 1),
    changeAt: found.at,
    before: meanOf(0, found.at),
    after: meanOf(found.at, n),
  }
}

function largestShift(
  values: Float64Array,
  edge: number,
  direction: 'any' | 'down',
): { statistic: number; at: number } {
  const n = values.length
  let total = 0
  for (let i = 0; i < n; i++) total += values[i]!
  let sum = 0
  let statistic = Number.NEGATIVE_INFINITY
  let at = edge
  for (let i = 0; i < n - edge; i++) {
    sum += values[i]!
    const before = i + 1
    if (before < edge) continue
    // Difference of means over its standard error, up to a constant that permutations share.
    const shift = (sum - (before / n) * total) / Math.sqrt((before * (n - before)) / n)
    const size = direction === 'down' ? shift : Math.abs(shift)
    if (size > statistic) {
      statistic = size
      at = before
    }
  }
  return { statistic, at }
}

export interface FatigueResult {
  /** One-sided: probability of so steep a fall within sessions by chance alone. */
  readonly pValue: number
  /** Change of accuracy per unit of time within a session (negative: it falls). */
  readonly slope: number
}

/**
 * Whether a person gets worse within sessions: the common slope of outcome on time since the session's start, against permutations of the
 * outcomes within each session (differences between sessions, days and projects drop out). `time` in any unit (minutes, or the number
 * of judgments done). Give `expected` as in driftTest where tasks differ in difficulty.
 */
export function fatigueTest(
  sessions: readonly {
    readonly outcomes: ArrayLike<number>
    readonly time: ArrayLike<number>
    readonly expected?: ArrayLike<number>
  }[],
  options: TestOptions = {},
): FatigueResult {
  const values: number[] = []
  const lever: number[] = []
  const starts = [0]
  let spread = 0
  for (const { outcomes, time, expected } of sessions) {
    const n = outcomes.length
    if (n < 2) continue
    let mean = 0
    for (let i = 0; i < n; i++) mean += time[i]! / n
    for (let i = 0; i < n; i++) {
      values.push(outcomes[i]! - (expected ? expected[i]! : 0))
      lever.push(time[i]! - mean)
      spread += (time[i]! - mean) ** 2
    }
    starts.push(values.length)
  }
  if (spread === 0) return { pValue: 1, slope: Number.NaN }
  const current = Float64Array.from(values)
  const covariance = () => {
    let sum = 0
    for (let i = 0; i < current.length; i++) sum += current[i]! * lever[i]!
    return sum
  }
  const observed = covariance()
  const random = seededRandom(options.seed ?? 1)
  const permutations = options.permutations ?? 999
  let asLow = 0
  for (let p = 0; p < permutations; p++) {
    for (let s = 0; s + 1 < starts.length; s++) shuffleRange(random, current, starts[s]!, starts[s + 1]!)
    if (covariance() <= observed + 1e-12) asLow++
  }
  return { pValue: (asLow + 1) / (permutations + 1), slope: observed / spread }
}

function shuffleRange(random: Random, values: Float64Array, from: number, to: number): void {
  for (let i = to - 1; i > from; i--) {
    const j = from + randomInt(random, i - from + 1)
    const held = values[i]!
    values[i] = values[j]!
    values[j] = held
  }
}

/** A running watch over one person; see dropMonitor. */
export interface DropMonitor {
  readonly baseline: number
  readonly perAlarm: number
  evidence: number
  judgments: number
}

/**
 * Watches for a drop below `baseline` accuracy after every judgment, forever: an e-detector (Shin, Ramdas and Rinaldo 2022). While the
 * person stays at the baseline or above, alarms come at most once in `perAlarm` judgments on average (default 2,000).
 */
export function dropMonitor(baseline: number, perAlarm = 2000): DropMonitor {
  return { baseline, perAlarm, evidence: 0, judgments: 0 }
}

/** Adds an outcome (0 … 1); true when the evidence for a drop reaches the alarm. The monitor then starts afresh. */
export function observeOutcome(monitor: DropMonitor, outcome: number): boolean {
  // A bet that wins when outcomes fall below the baseline; its expectation is at most one under the null.
  const stake = 0.5 / Math.max(monitor.baseline, 1 - monitor.baseline)
  monitor.evidence = (monitor.evidence + 1) * (1 + stake * (monitor.baseline - outcome))
  monitor.judgments++
  if (monitor.evidence < monitor.perAlarm) return false
  monitor.evidence = 0
  return true
}

/** Holm's adjustment: p-values of many people tested at once, such that any false alarm at all is held to α. */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!)
  const out = new Array<number>(pValues.length)
  let running = 0
  order.forEach((index, rank) => {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * pValues[index]!))
    out[index] = running
  })
  return out
}
