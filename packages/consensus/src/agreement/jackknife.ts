import { studentQuantile } from '../math/special.ts'

/** A number with its interval. `low` and `high` are NaN where there is too little data for one. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/** Above this many units, units are left out in blocks: the interval is as good and the cost stays flat. */
const MOST_BLOCKS = 400

/**
 * A statistic of sums over units with its jackknife interval: `add(sums, unit, sign)` adds or takes away one unit's part,
 * `statistic(sums)` computes from the sums. Units are independent (tasks, as a rule); units are left out one at a time, or in
 * 400 blocks when there are more. Source: Efron and Stein 1981; delete-group form: Kott 2001.
 */
export function jackknife(
  units: number,
  size: number,
  add: (sums: Float64Array, unit: number, sign: 1 | -1) => void,
  statistic: (sums: Float64Array) => number,
  level = 0.95,
  bounds: readonly [number, number] = [-1, 1],
): Estimate {
  const sums = new Float64Array(size)
  for (let unit = 0; unit < units; unit++) add(sums, unit, 1)
  const value = statistic(sums)
  const blocks = Math.min(units, MOST_BLOCKS)
  if (blocks < 2 || Number.isNaN(value))
    return { value, standardError: Number.NaN, low: Number.NaN, high: Number.NaN }
  const left = new Float64Array(size)
  const estimates = new Float64Array(blocks)
  let mean = 0
  let used = 0
  for (let block = 0; block < blocks; block++) {
    left.set(sums)
    for (let unit = block; unit < units; unit += blocks) add(left, unit, -1)
    const estimate = statistic(left)
    estimates[block] = estimate
    if (Number.isNaN(estimate)) continue
    mean += estimate
    used++
  }
  mean /= used
  let spread = 0
  for (const estimate of estimates) if (!Number.isNaN(estimate)) spread += (estimate - mean) ** 2
  const standardError = used < 2 ? Number.NaN : Math.sqrt(((used - 1) / used) * spread)
  const reach = studentQuantile(0.5 + level / 2, used - 1) * standardError
  return {
    value,
    standardError,
    low: Math.max(bounds[0], value - reach),
    high: Math.min(bounds[1], value + reach),
  }
}
