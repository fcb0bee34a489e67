// node scripts/run.mjs bench/consensus/experiments/main.ts [--rows 1000000]
// What else the Dawid-Skene pass could be made of: WebAssembly vector instructions, two threads, floats. See the package's README.
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { type Kernel, newKernel } from '../../../packages/consensus/src/math/wasm.ts'
import { emModule } from '../../../packages/consensus/src/truth/kernel-vectors.ts'
import { syntheticLabels } from '../synthetic.ts'
import { type Half, passOver } from './half.ts'
import { floatKernel, RESULT_BYTES, readKernel, triadKernel } from './kernels.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
const rows = Number(values.rows)
const WORKERS = 3000
const PASSES = 10
/** Tasks per call of a kernel: the product of their normalisers, at most 4 each, still fits a double. */
const BLOCK = 500

const { labels } = syntheticLabels(rows, WORKERS)
const tasks = labels.tasks.size
// One layout for all variants; every array begins on a cache line.
let bytes = 0
const places: number[] = []
const place = (size: number) => {
  places.push(bytes)
  bytes += Math.ceil(size / 64) * 64
}
const cells = WORKERS * 16
for (const size of [
  RESULT_BYTES,
  64,
  4 * (tasks + 1),
  4 * rows,
  8 * cells,
  4 * cells,
  8 * cells,
  8 * cells,
  32 * tasks,
  16 * tasks,
])
  place(size)
const kernelOf = (name: string, code: () => Uint8Array<ArrayBuffer>, size: number): Kernel => {
  const kernel = newKernel(name, code, size)
  if (!kernel) throw new Error('This engine has no WebAssembly')
  return kernel
}
const double = kernelOf('em4', () => emModule(4), bytes)
const float = kernelOf('em4 floats', floatKernel, bytes)
const shared = new SharedArrayBuffer(bytes)
const [OUT, LOG_WEIGHT, START, KEY, TABLE, FLOAT_TABLE, COUNTS, MORE_COUNTS, POSTERIOR, FLOAT_POSTERIOR] =
  places as [number, number, number, number, number, number, number, number, number, number]

/** The problem laid out in one buffer: a table as after the first M-step of workers that are right three times in four. */
function fill(buffer: ArrayBuffer | SharedArrayBuffer) {
  const start = new Int32Array(buffer, START, tasks + 1)
  const key = new Int32Array(buffer, KEY, rows)
  for (let t = 0; t <= tasks; t++) start[t] = t * 5
  for (let i = 0; i < rows; i++) key[i] = ((labels.worker[i] ?? 0) * 4 + (labels.label[i] ?? 0)) * 4
  const table = new Float64Array(buffer, TABLE, cells)
  for (let i = 0; i < cells; i++)
    table[i] = Math.log((i >> 2) % 4 === i % 4 ? 0.7 + (i % 7) / 40 : 0.06 + (i % 11) / 300)
  const logWeight = new Float64Array(buffer, LOG_WEIGHT, 4).fill(Math.log(0.25))
  return {
    start,
    key,
    table,
    logWeight,
    responsibility: new Float64Array(buffer, POSTERIOR, 4 * tasks),
    counts: new Float64Array(buffer, COUNTS, cells),
    weights: new Float64Array(4),
  }
}
const plain: Half = fill(new ArrayBuffer(bytes))
const vectors = fill(double.buffer)
new Float32Array(float.buffer, FLOAT_TABLE, cells).set(fill(float.buffer).table)
const halves = fill(shared)
const floatWeight = new Float32Array(float.buffer, LOG_WEIGHT + 32, 4).fill(Math.log(0.25))

function vectorPass(
  { run, buffer }: Kernel,
  table: number,
  row: number,
  rowBytes: number,
  logWeight: number,
): number {
  new Float64Array(buffer, COUNTS, cells).fill(0)
  const out = new Float64Array(buffer, OUT, RESULT_BYTES / 8)
  let logEvidence = 0
  for (let t = 0; t < tasks; t += BLOCK) {
    const until = Math.min(tasks, t + BLOCK)
    run(START + 4 * t, START + 4 * until, KEY, table, COUNTS, row + rowBytes * t, logWeight, OUT)
    logEvidence += (out[2] ?? 0) + Math.log(out[0] ?? 0)
  }
  return logEvidence
}

const middle = tasks >> 1
const own: Half = {
  ...halves,
  start: halves.start.subarray(0, middle + 1),
  responsibility: halves.responsibility.subarray(0, 4 * middle),
}
const other: Half = {
  ...halves,
  start: halves.start.subarray(middle),
  responsibility: halves.responsibility.subarray(4 * middle),
  counts: new Float64Array(shared, MORE_COUNTS, cells),
}
const signal = new Int32Array(new SharedArrayBuffer(8))
const worker = new Worker(new URL('./half-worker.ts', import.meta.url), {
  workerData: { half: other, signal },
})
await once(worker, 'message')
let round = 0
function threadsPass(): number {
  Atomics.store(signal, 0, ++round)
  Atomics.notify(signal, 0)
  const { logEvidence } = passOver(own)
  Atomics.wait(signal, 1, round - 1)
  for (let i = 0; i < cells; i++) own.counts[i] = (own.counts[i] ?? 0) + (other.counts[i] ?? 0)
  return logEvidence
}

// Another copy of the module, so that the engine does not have to make one function fit both widths.
const again: string = './half.ts?floats'
const { passOver: floatPass } = (await import(again)) as { passOver: typeof passOver }
const floats = { ...plain, responsibility: new Float32Array(4 * tasks) as unknown as Float64Array }

const streamBytes = rows * 4 + tasks * (4 + 64)
const third = Math.floor(streamBytes / 3 / 64) * 64
const read = kernelOf('read', readKernel, 3 * third + 64).run
const triad = kernelOf('triad', triadKernel, 3 * third + 64).run

const variants: readonly { name: string; pass: () => unknown; bytes: number }[] = [
  { name: 'JavaScript, one thread', pass: () => passOver(plain).logEvidence, bytes: streamBytes },
  {
    name: 'WebAssembly, pairs of doubles (kept)',
    pass: () => vectorPass(double, TABLE, POSTERIOR, 32, LOG_WEIGHT),
    bytes: streamBytes,
  },
  {
    name: 'WebAssembly, four floats',
    pass: () => vectorPass(float, FLOAT_TABLE, FLOAT_POSTERIOR, 16, floatWeight.byteOffset),
    bytes: streamBytes - 32 * tasks,
  },
  {
    name: 'JavaScript, float posteriors',
    pass: () => floatPass(floats).logEvidence,
    bytes: streamBytes - 32 * tasks,
  },
  { name: 'JavaScript, two threads', pass: threadsPass, bytes: streamBytes },
  { name: 'plain read of as many bytes', pass: () => read(64, 3 * third + 64, 0), bytes: 3 * third },
  {
    name: 'triad over as many bytes',
    pass: () => triad(64, 64 + third, 64 + third, 64 + 2 * third),
    bytes: 3 * third,
  },
]

const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN
const wall = variants.map((): number[] => [])
const cpu = variants.map((): number[] => [])
for (let repeat = -2; repeat < 11; repeat++)
  variants.forEach(({ pass }, v) => {
    const used = process.cpuUsage()
    const from = performance.now()
    for (let i = 0; i < PASSES; i++) pass()
    if (repeat < 0) return
    wall[v]?.push((performance.now() - from) / PASSES)
    const { user, system } = process.cpuUsage(used)
    cpu[v]?.push((user + system) / 1000 / PASSES)
  })
console.log(`${rows} labels, ${tasks} tasks; per pass, medians of 11 alternating runs of ${PASSES} passes`)
variants.forEach(({ name, bytes: moved }, v) => {
  const time = median(cpu[v] ?? [])
  console.log(
    `${name.padEnd(40)} processor ${time.toFixed(2).padStart(7)} ms  clock ${median(wall[v] ?? [])
      .toFixed(2)
      .padStart(
        7,
      )} ms (least ${Math.min(...(wall[v] ?? [])).toFixed(2)})  ${(moved / time / 1e6).toFixed(1)} GB/s`,
  )
})
const apart = (a: Float64Array, b: Float64Array | Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0)
console.log(
  `largest difference of a posterior: doubles ${apart(plain.responsibility, vectors.responsibility).toExponential(1)}, ` +
    `floats ${apart(plain.responsibility, new Float32Array(float.buffer, FLOAT_POSTERIOR, 4 * tasks)).toExponential(1)}, ` +
    `threads ${apart(plain.responsibility, halves.responsibility).toExponential(1)}`,
)
Atomics.store(signal, 0, -1)
Atomics.notify(signal, 0)
await once(worker, 'exit')
