/** Latencies of a run in milliseconds, and how long the run took. */
export type Run = {
  latencies: Float64Array
  seconds: number
  /** All steps, those that warmed up included. */
  steps: number
}

/** The value below which `share` of the sorted numbers lie. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/**
 * Lets `workers` repeat `step` for `seconds`, each without a pause between; the first part of the time warms up and does not count.
 */
export async function hammer(
  workers: number,
  seconds: number,
  step: (worker: number) => Promise<void>,
): Promise<Run> {
  const begin = performance.now()
  const counted = begin + Math.min(2, seconds / 4) * 1000
  const end = begin + seconds * 1000
  const latencies: number[] = []
  let steps = 0
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (;;) {
        const start = performance.now()
        if (start >= end) return
        await step(worker)
        steps++
        if (start >= counted) latencies.push(performance.now() - start)
      }
    }),
  )
  return {
    latencies: Float64Array.from(latencies).sort(),
    seconds: (performance.now() - counted) / 1000,
    steps,
  }
}

/** Several runs as one. */
export function together(runs: Run[]): Run {
  const latencies = runs.flatMap((run) => [...run.latencies])
  return {
    latencies: Float64Array.from(latencies).sort(),
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    steps: runs.reduce((sum, run) => sum + run.steps, 0),
  }
}

export const rate = ({ latencies, seconds }: Run): number => latencies.length / seconds

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
export const count = (value: number): string => numbers.format(value)

export const describe = (run: Run): string =>
  `${count(rate(run)).padStart(7)}/s   p50 ${quantile(run.latencies, 0.5).toFixed(1)} ms   p99 ${quantile(run.latencies, 0.99).toFixed(1)} ms`
