/** Latencies in milliseconds of one kind of call. */
export class Latencies {
  readonly #values: number[] = []

  add(milliseconds: number): void {
    this.#values.push(milliseconds)
  }

  summary(): {
    count: number
    p50: number | null
    p90: number | null
    p99: number | null
    max: number | null
  } {
    const sorted = this.#values.toSorted((a, b) => a - b)
    const at = (share: number) =>
      round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))])
    return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: round(sorted.at(-1)) }
  }
}

const round = (value: number | undefined) => (value === undefined ? null : Math.round(value * 10) / 10)
