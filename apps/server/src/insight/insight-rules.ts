/** Standard normal quantile of a two-sided 95 % interval. */
const Z95 = 1.959963984540054

/**
 * A share with its 95 % interval after Wilson (1927), "Probable inference, the law of succession, and statistical inference":
 * honest for small numbers and for shares near 0 and 1. Null without trials.
 */
export function wilsonInterval(
  successes: number,
  trials: number,
): { share: number; low: number; high: number } | null {
  if (trials === 0) return null
  const share = successes / trials
  const z2 = Z95 * Z95
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
  const half =
    (Z95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials)
  return {
    share,
    low: Math.max(0, Math.min(share, centre - half)),
    high: Math.min(1, Math.max(share, centre + half)),
  }
}

const DAY_MS = 24 * 3_600_000
/** A pace that would take longer than this says nothing. */
const LONGEST_FORECAST_MS = 3_650 * DAY_MS

/**
 * When the slots that are left are filled at the pace of the last day, or of the time since launch when that is shorter. Null when
 * nothing is left, or nothing was done.
 * @param recent judgments of the last 24 hours
 */
export function forecastFinish(input: {
  now: Date
  launchedAt: Date | null
  left: number
  recent: number
}): Date | null {
  const { now, launchedAt, left, recent } = input
  if (!launchedAt || left === 0 || recent === 0) return null
  const elapsed = Math.min(DAY_MS, Math.max(1, now.getTime() - launchedAt.getTime()))
  const remaining = (left * elapsed) / recent
  return remaining > LONGEST_FORECAST_MS ? null : new Date(now.getTime() + remaining)
}
