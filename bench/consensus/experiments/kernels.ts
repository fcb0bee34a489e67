import {
  type Code,
  doubles,
  f64x2,
  get,
  I32,
  i32,
  loop,
  number,
  set,
  V128,
  v128,
  vector,
  wasmModule,
} from '../../../packages/consensus/src/math/wasm.ts'

const swapDoubles = (value: Code) =>
  v128.shuffle(value, [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7])
const swapFloats = (value: Code) =>
  v128.shuffle(value, [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11])
const bytesOf = (array: ArrayBufferView): number[] => [...new Uint8Array(array.buffer)]
const floats = (value: number): Code => [0xfd, 12, ...bytesOf(Float32Array.of(value, value, value, value))]

const narrow = {
  constant: floats,
  add: vector(0xe4),
  sub: vector(0xe5),
  mul: vector(0xe6),
  div: vector(0xe7),
  max: vector(0xeb),
  abs: vector(0xe0),
  nearest: vector(0x6a),
  above: vector(0x44),
  scale: (n: Code): Code => [...narrow.add(n, floats(12582912 + 127)), ...number(23), 0xfd, 0xab, 0x01],
  ln2: [0.693359375, -2.1219444e-4] as const,
  degree: 6,
  least: -87,
}

/** e^x for x ≤ 0 into local `x`, by 2^n and a Taylor polynomial on ± ln 2 / 2; `n` and `sum` are scratch. */
function exponential(x: number, n: number, sum: number, r: number): Code {
  const { constant, add, sub, mul } = narrow
  const coefficients = [1]
  for (let k = 1; k <= narrow.degree; k++) coefficients.push((coefficients[k - 1] ?? 1) / k)
  const horner = coefficients
    .slice(0, -1)
    .reverse()
    .flatMap((c) => set(sum, add(mul(get(sum), get(r)), constant(c))))
  return [
    ...set(n, narrow.nearest(mul(get(x), constant(Math.LOG2E)))),
    ...set(r, sub(sub(get(x), mul(get(n), constant(narrow.ln2[0]))), mul(get(n), constant(narrow.ln2[1])))),
    ...set(sum, constant(coefficients.at(-1) ?? 1)),
    ...horner,
    ...set(x, v128.and(mul(get(sum), narrow.scale(get(n))), narrow.above(get(x), constant(narrow.least)))),
  ]
}

/** Where the kernels leave, per call, the product of normalisers, the sum of the leading scores, the largest change and weights. */
export const RESULT_BYTES = 96

/**
 * The package's kernel for four states, with four floats at once: table, scores and responsibilities are floats, only the counts stay
 * doubles. run(start, startEnd, key, table, counts, responsibility, logWeight, out), all byte addresses.
 */
export function floatKernel(): Uint8Array<ArrayBuffer> {
  const [start, startEnd, key, table, counts, row, logWeight, out] = [0, 1, 2, 3, 4, 5, 6, 7]
  const [from, at, to, base] = [8, 9, 10, 11]
  const [a, high, low, n, sum, r, product, tops, change, weightA, weightB] = [
    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
  ]
  const { add, sub, div, max, abs } = narrow
  const promote = vector(0x5f)
  const rowOf = (pointer: number, shift: number) =>
    set(base, i32.add(get(pointer), i32.shiftLeft(i32.load(0, get(at)), number(shift))))
  const next = set(at, i32.add(get(at), number(4)))
  const within = i32.less(get(at), get(to))
  return wasmModule({
    parameters: Array(8).fill(I32),
    locals: [...Array(4).fill(I32), ...Array(11).fill(V128)],
    body: [
      ...set(product, doubles(1)),
      ...loop(
        i32.less(get(start), get(startEnd)),
        set(from, i32.add(get(key), i32.shiftLeft(i32.load(0, get(start)), number(2)))),
        set(to, i32.add(get(key), i32.shiftLeft(i32.load(4, get(start)), number(2)))),
        set(a, v128.load(0, get(logWeight))),
        set(at, get(from)),
        loop(within, rowOf(table, 2), set(a, add(get(a), v128.load(0, get(base)))), next),
        set(high, max(get(a), swapFloats(get(a)))),
        set(high, max(get(high), swapDoubles(get(high)))),
        set(a, sub(get(a), get(high))),
        exponential(a, n, sum, r),
        set(sum, add(get(a), swapFloats(get(a)))),
        set(sum, add(get(sum), swapDoubles(get(sum)))),
        set(product, f64x2.mul(get(product), promote(get(sum)))),
        set(tops, f64x2.add(get(tops), promote(get(high)))),
        set(a, div(get(a), get(sum))),
        set(change, max(get(change), abs(sub(get(a), v128.load(0, get(row)))))),
        v128.store(0, get(row), get(a)),
        set(low, promote(get(a))),
        set(high, promote(swapDoubles(get(a)))),
        set(weightA, f64x2.add(get(weightA), get(low))),
        set(weightB, f64x2.add(get(weightB), get(high))),
        set(at, get(from)),
        loop(
          within,
          rowOf(counts, 3),
          v128.store(0, get(base), f64x2.add(v128.load(0, get(base)), get(low))),
          v128.store(16, get(base), f64x2.add(v128.load(16, get(base)), get(high))),
          next,
        ),
        set(row, i32.add(get(row), number(16))),
        set(start, i32.add(get(start), number(4))),
      ),
      ...[product, tops, change, weightA, weightB].flatMap((local, i) =>
        v128.store(16 * i, get(out), get(local)),
      ),
    ],
  })
}

/** run(a, aEnd, out): reads, adding up 64 bytes a step. */
export function readKernel(): Uint8Array<ArrayBuffer> {
  const sums = [3, 4, 5, 6]
  return wasmModule({
    parameters: [I32, I32, I32],
    locals: [V128, V128, V128, V128],
    body: [
      ...loop(
        i32.less(get(0), get(1)),
        sums.flatMap((sum, i) => set(sum, f64x2.add(get(sum), v128.load(16 * i, get(0))))),
        set(0, i32.add(get(0), number(64))),
      ),
      ...sums.flatMap((sum, i) => v128.store(16 * i, get(2), get(sum))),
    ],
  })
}

/** run(a, aEnd, b, c): a = b + 3 c. */
export function triadKernel(): Uint8Array<ArrayBuffer> {
  return wasmModule({
    parameters: [I32, I32, I32, I32],
    locals: [],
    body: loop(
      i32.less(get(0), get(1)),
      ...[0, 16, 32, 48].map((o) =>
        v128.store(o, get(0), f64x2.add(v128.load(o, get(2)), f64x2.mul(v128.load(o, get(3)), doubles(3)))),
      ),
      ...[0, 2, 3].map((p) => set(p, i32.add(get(p), number(64)))),
    ),
  })
}
