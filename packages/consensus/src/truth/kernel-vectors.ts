import {
  type Code,
  doubles,
  f64x2,
  get,
  I32,
  i32,
  type Kernel,
  loop,
  newKernel,
  number,
  set,
  V128,
  v128,
  wasmModule,
} from '../math/wasm.ts'
import type { LatentProblem, PassResult } from './kernel.ts'

/** Tasks per call: the product of their normalisers (at most `states` each) must not overflow, and the block stays in the cache. */
const BLOCK = 200
/** Fewer labels are done before a WebAssembly instance is set up. */
const WORTH_A_KERNEL = 5000
/** Beyond this many states there are not enough vector registers. */
const MOST_STATES = 16

/** A kernel with its tables, and room for one block of labels and tasks. */
export interface VectorPass {
  readonly kernel: Kernel
  readonly logWeight: Float64Array
  /** Two of each: product of normalisers, sum of leading scores, largest change; then per state its weight. */
  readonly result: Float64Array
  readonly table: Float64Array
  readonly counts: Float64Array
  readonly start: Int32Array
  readonly responsibility: Float64Array
  readonly key: Int32Array
}

/**
 * The WebAssembly form of emPass for a problem that it suits: an even number of states, no known answers, no task without labels, and
 * tables that are small beside the labels. Undefined otherwise, and where there is no WebAssembly.
 */
export function vectorPass(problem: Omit<LatentProblem, 'vectors'>): VectorPass | undefined {
  const { layout, states, gold } = problem
  const { rows, tasks, start } = layout
  const cells = layout.workers * layout.classes * states
  if (gold || states % 2 > 0 || states > MOST_STATES || rows < WORTH_A_KERNEL || cells > rows)
    return undefined
  let longest = 0
  for (let t = 0; t < tasks; t++) {
    const length = start[t + 1]! - start[t]!
    if (length === 0) return undefined
    longest = Math.max(longest, length)
  }
  const room = [8 * states, 48 + 8 * states, 8 * cells, 8 * cells, 4 * (BLOCK + 1), 8 * BLOCK * states]
  const places = [0]
  for (const size of room) places.push(Math.ceil((places.at(-1)! + size) / 64) * 64)
  const labels = Math.max(longest, 20 * BLOCK)
  const kernel = newKernel(`em${states}`, () => emModule(states), places[6]! + 4 * labels)
  if (!kernel) return undefined
  const doublesAt = (place: number, length: number) => new Float64Array(kernel.buffer, places[place], length)
  return {
    kernel,
    logWeight: doublesAt(0, states),
    result: doublesAt(1, 6 + states),
    table: doublesAt(2, cells),
    counts: doublesAt(3, cells),
    start: new Int32Array(kernel.buffer, places[4], BLOCK + 1),
    responsibility: doublesAt(5, BLOCK * states),
    key: new Int32Array(kernel.buffer, places[6], labels),
  }
}

/** emPass block by block through the kernel's memory: what is copied there and back is in the cache anyway. */
export function emPassVectors(
  problem: LatentProblem,
  vectors: VectorPass,
  table: Float64Array,
  logWeight: Float64Array,
  responsibility: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
): PassResult {
  const { layout, states, key } = problem
  const { tasks, start } = layout
  const { kernel, result } = vectors
  vectors.table.set(table)
  vectors.logWeight.set(logWeight)
  vectors.counts.fill(0)
  weights.fill(0)
  let logEvidence = 0
  let change = 0
  for (let from = 0; from < tasks; ) {
    const first = start[from]!
    let to = from + 1
    while (to < tasks && to < from + BLOCK && start[to + 1]! - first <= vectors.key.length) to++
    vectors.start.set(start.subarray(from, to + 1))
    vectors.key.set(key.subarray(first, start[to]!))
    vectors.responsibility.set(responsibility.subarray(from * states, to * states))
    kernel.run(
      vectors.start.byteOffset,
      vectors.start.byteOffset + 4 * (to - from),
      vectors.key.byteOffset - 4 * first,
      vectors.table.byteOffset,
      vectors.counts.byteOffset,
      vectors.responsibility.byteOffset,
      vectors.logWeight.byteOffset,
      result.byteOffset,
    )
    responsibility.set(vectors.responsibility.subarray(0, (to - from) * states), from * states)
    logEvidence += result[2]! + Math.log(result[0]!)
    change = Math.max(change, result[4]!, result[5]!)
    for (let z = 0; z < states; z++) weights[z] = weights[z]! + result[6 + z]!
    from = to
  }
  counts.set(vectors.counts)
  return { logEvidence, change }
}

const swapped = (value: Code) => v128.shuffle(value, [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7])

/** 1.5 · 2^52 makes the low bits of a sum the integer added; 1023 is the bias of a double's exponent. */
const TO_EXPONENT = 1.5 * 2 ** 52 + 1023
/** ln 2 in two parts, the first with zeros at its end, so that n times it is exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
/** Taylor's series of e^r for |r| ≤ ln 2 / 2 has an error below a double's after this power. */
const DEGREE = 12

/** e^x of local `x`, x ≤ 0, in place: 2^n · e^r; zero below e^-708. `n`, `r` and `sum` are scratch. */
function exponential(x: number, n: number, r: number, sum: number): Code {
  const { add, sub, mul, nearest, above } = f64x2
  const coefficients = [1]
  for (let k = 1; k <= DEGREE; k++) coefficients.unshift(coefficients[0]! / k)
  const [last = 0, ...rest] = coefficients
  return [
    ...set(n, nearest(mul(get(x), doubles(Math.LOG2E)))),
    ...set(r, sub(sub(get(x), mul(get(n), doubles(LN2_HIGH))), mul(get(n), doubles(LN2_LOW)))),
    ...set(sum, doubles(last)),
    ...rest.flatMap((coefficient) => set(sum, add(mul(get(sum), get(r)), doubles(coefficient)))),
    ...set(n, v128.shiftLeft64(add(get(n), doubles(TO_EXPONENT)), number(52))),
    ...set(x, v128.and(mul(get(sum), get(n)), above(get(x), doubles(-708)))),
  ]
}

/**
 * run(start, startEnd, key, table, counts, responsibility, logWeight, result), all addresses: tasks whose bounds (row numbers) are at
 * start … startEnd, with the keys of row i at key + 4 i and the first task's responsibilities at `responsibility`.
 */
export function emModule(states: number): Uint8Array<ArrayBuffer> {
  const { add, sub, mul, div, max, abs } = f64x2
  const [start, startEnd, key, table, counts, row, logWeight, result] = [0, 1, 2, 3, 4, 5, 6, 7]
  const [from, at, to, base] = [8, 9, 10, 11]
  const [top, n, r, sum, product, tops, change] = [12, 13, 14, 15, 16, 17, 18]
  const pairs = Array.from({ length: states / 2 }, (_, p) => ({
    score: 19 + p,
    weight: 19 + states / 2 + p,
    offset: 16 * p,
  }))
  const addressOf = (local: number, bits: number, pointer: Code) =>
    i32.add(get(local), i32.shiftLeft(pointer, number(bits)))
  const advance = (pointer: number, bytes: number) => set(pointer, i32.add(get(pointer), number(bytes)))
  const eachLabel = (of: number, ...body: Code[]): Code => [
    ...set(at, get(from)),
    ...loop(
      i32.less(get(at), get(to)),
      set(base, addressOf(of, 3, i32.load(0, get(at)))),
      ...body,
      advance(at, 4),
    ),
  ]
  const folded = (operation: typeof add) =>
    pairs.map(({ score }) => get(score)).reduce((all, score) => operation(all, score))
  const task: Code[] = [
    set(from, addressOf(key, 2, i32.load(0, get(start)))),
    set(to, addressOf(key, 2, i32.load(4, get(start)))),
    ...pairs.map(({ score, offset }) => set(score, v128.load(offset, get(logWeight)))),
    eachLabel(
      table,
      ...pairs.map(({ score, offset }) => set(score, add(get(score), v128.load(offset, get(base))))),
    ),
    set(top, folded(max)),
    set(top, max(get(top), swapped(get(top)))),
    ...pairs.map(({ score }) => set(score, sub(get(score), get(top)))),
    ...pairs.map(({ score }) => exponential(score, n, r, sum)),
    set(sum, folded(add)),
    set(sum, add(get(sum), swapped(get(sum)))),
    set(product, mul(get(product), get(sum))),
    set(tops, add(get(tops), get(top))),
    set(n, div(doubles(1), get(sum))),
    ...pairs.flatMap(({ score, weight, offset }) => [
      set(score, mul(get(score), get(n))),
      set(change, max(get(change), abs(sub(get(score), v128.load(offset, get(row)))))),
      v128.store(offset, get(row), get(score)),
      set(weight, add(get(weight), get(score))),
    ]),
    eachLabel(
      counts,
      ...pairs.map(({ score, offset }) =>
        v128.store(offset, get(base), add(v128.load(offset, get(base)), get(score))),
      ),
    ),
    advance(row, 8 * states),
    advance(start, 4),
  ]
  const kept = [product, tops, change, ...pairs.map(({ weight }) => weight)]
  return wasmModule({
    parameters: Array(8).fill(I32),
    locals: [...Array(4).fill(I32), ...Array(7 + states).fill(V128)],
    body: [
      ...set(product, doubles(1)),
      ...loop(i32.less(get(start), get(startEnd)), ...task),
      ...kept.flatMap((local, i) => v128.store(16 * i, get(result), get(local))),
    ],
  })
}
