import { bradleyTerry, dawidSkene, infer, LabelsCsvParser } from '@groundwork/consensus'
import { csvChunks, syntheticLabels, syntheticVotes } from './synthetic.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

interface Timing {
  /** Medians in milliseconds. On a shared machine the processor time is the steadier of the two. */
  readonly wall: number
  readonly cpu: number
}

/** Runs five times (after one to warm up) and gives medians. */
export function medians(run: () => void, times = 5): Timing {
  const wall: number[] = []
  const cpu: number[] = []
  run()
  for (let i = 0; i < times; i++) {
    const used = process.cpuUsage()
    const start = performance.now()
    run()
    wall.push(performance.now() - start)
    const { user, system } = process.cpuUsage(used)
    cpu.push((user + system) / 1000)
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] as number
  return { wall: median(wall), cpu: median(cpu) }
}

function report(name: string, { wall, cpu }: Timing, target: string, more = ''): void {
  console.log(
    `${name.padEnd(52)} ${wall.toFixed(0).padStart(7)} ms  (processor ${cpu.toFixed(0)} ms)  wanted ${target}${more}`,
  )
}

/** Bytes that one EM iteration must at least move: each label's key, and each task's bounds and posterior read and written. */
function bytesPerIteration(rows: number, tasks: number, classes: number): number {
  return rows * 4 + tasks * (4 + 2 * 8 * classes)
}

function copyBandwidth(): number {
  const from = new Float64Array(16_000_000)
  const to = new Float64Array(16_000_000)
  const { cpu } = medians(() => to.set(from))
  return (2 * from.byteLength) / (cpu / 1000)
}

export interface SpeedOptions {
  /** Largest synthetic set, in labels. */
  readonly most: number
}

/** Speed and memory on synthetic sets: Dawid-Skene, CSV, auto, Bradley-Terry. */
export function benchSpeed({ most }: SpeedOptions): void {
  const bandwidth = copyBandwidth()
  console.log(`\nMemory: ${(bandwidth / 1e9).toFixed(1)} GB/s copied by one thread`)
  for (const [rows, target] of [
    [1_000_000, '300 ms'],
    [10_000_000, '4,000 ms'],
    [100_000_000, 'within 4 GB'],
  ] as const) {
    if (rows > most) continue
    const { labels } = syntheticLabels(rows, 3000)
    let largest = 0
    const before = process.memoryUsage().arrayBuffers
    const run = () => {
      dawidSkene(labels, {
        maxIterations: 10,
        tolerance: -1,
        onProgress: () => {
          largest = Math.max(largest, process.memoryUsage().arrayBuffers - before)
        },
      })
    }
    const timing = medians(run, rows > 10_000_000 ? 1 : 5)
    const moved = 10 * bytesPerIteration(rows, rows / 5, 4)
    const floor = moved / bandwidth
    report(
      `Dawid-Skene, ${(rows / 1e6).toFixed(0)} M labels, 10 iterations`,
      timing,
      target,
      `; ${megabytes(largest)} over the input, resident ${megabytes(process.memoryUsage().rss)}; ` +
        `${((100 * floor * 1000) / timing.cpu).toFixed(0)} % of memory bandwidth`,
    )
    if (rows === 10_000_000) {
      const chunks = [...csvChunks(labels)]
      const parse = () => {
        const parser = new LabelsCsvParser()
        for (const chunk of chunks) parser.push(chunk)
        parser.finish()
      }
      report('CSV of 10 M labels parsed', medians(parse, 3), '5,000 ms')
    }
  }
  const { labels } = syntheticLabels(200_000, 3000)
  report(
    'auto, 200 k labels',
    medians(() => infer(labels), 1),
    'seconds',
  )
  const votes = syntheticVotes(1_000_000, 1000)
  for (const intervals of ['fisher', 'sandwich'] as const)
    report(
      `Bradley-Terry, 1 M votes, 1,000 models, ${intervals}`,
      medians(() => bradleyTerry(votes, { intervals })),
      '500 ms',
    )
}
