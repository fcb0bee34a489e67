import { SingleBar } from 'cli-progress'

/** How a command answers: one JSON value with `--json`, plain lines otherwise. */
export type Output = { json: boolean }

/** Prints a value as JSON, or its readable form. */
export function print(output: Output, value: unknown, readable: () => string): void {
  process.stdout.write(output.json ? `${JSON.stringify(value)}\n` : `${readable()}\n`)
}

export type Progress = { set: (value: number, total?: number) => void; stop: () => void }

/** A progress bar on standard error; silent when that is not a terminal. */
export function progressBar(label: string, total: number, unit: string): Progress {
  if (!process.stderr.isTTY) return { set: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: `${label} {bar} {percentage} % · {value} of {total} ${unit} · {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  })
  bar.start(Math.max(total, 1), 0)
  return {
    set: (value, newTotal) => {
      if (newTotal !== undefined) bar.setTotal(Math.max(newTotal, 1))
      bar.update(value)
    },
    stop: () => bar.stop(),
  }
}

/** Lines of label and value, the values in one column. */
export function facts(rows: [string, string | number | null][]): string {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value ?? '–'}`).join('\n')
}

export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)} %`
export const amount = (money: { amount: string; currency: string }): string =>
  `${money.amount} ${money.currency}`
