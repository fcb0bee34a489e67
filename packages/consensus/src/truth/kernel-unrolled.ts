import type { LatentProblem, PassResult } from './kernel.ts'

/** Normalisers are multiplied up and their logarithm taken only when the product gets this large: one logarithm in hundreds of tasks. */
const FULL = 1e280

/** emPass for two states, the commonest case: one exponential a task and no inner loops. */
export function emPass2(
  problem: LatentProblem,
  table: Float64Array,
  logWeight: Float64Array,
  responsibility: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
): PassResult {
  const { layout, key, gold } = problem
  const { tasks, start } = layout
  counts.fill(0)
  let weight0 = 0
  let weight1 = 0
  let logEvidence = 0
  let product = 1
  let change = 0
  for (let t = 0; t < tasks; t++) {
    const from = start[t]!
    const to = start[t + 1]!
    if (from === to) continue
    let score0 = logWeight[0]!
    let score1 = logWeight[1]!
    for (let i = from; i < to; i++) {
      const base = key[i]!
      score0 += table[base]!
      score1 += table[base + 1]!
    }
    const answer = gold ? gold[t]! : -1
    let p0: number
    let p1: number
    if (answer >= 0) {
      p0 = answer === 0 ? 1 : 0
      p1 = 1 - p0
      logEvidence += answer === 0 ? score0 : score1
    } else if (score0 >= score1) {
      const other = Math.exp(score1 - score0)
      p0 = 1 / (1 + other)
      p1 = other * p0
      logEvidence += score0
      product *= 1 + other
    } else {
      const other = Math.exp(score0 - score1)
      p1 = 1 / (1 + other)
      p0 = other * p1
      logEvidence += score1
      product *= 1 + other
    }
    if (product > FULL) {
      logEvidence += Math.log(product)
      product = 1
    }
    const row = t * 2
    // Both responsibilities move equally far.
    const moved = Math.abs(p0 - responsibility[row]!)
    if (moved > change) change = moved
    responsibility[row] = p0
    responsibility[row + 1] = p1
    weight0 += p0
    weight1 += p1
    for (let i = from; i < to; i++) {
      const base = key[i]!
      counts[base] = counts[base]! + p0
      counts[base + 1] = counts[base + 1]! + p1
    }
  }
  weights[0] = weight0
  weights[1] = weight1
  return { logEvidence: logEvidence + Math.log(product), change }
}

/** emPass for four states, unrolled: the inner loops of the general form cost more than the arithmetic in them. */
export function emPass4(
  problem: LatentProblem,
  table: Float64Array,
  logWeight: Float64Array,
  responsibility: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
): PassResult {
  const { layout, key, gold } = problem
  const { tasks, start } = layout
  counts.fill(0)
  let weight0 = 0
  let weight1 = 0
  let weight2 = 0
  let weight3 = 0
  let logEvidence = 0
  let product = 1
  let change = 0
  const perClass = 4 / layout.classes
  for (let t = 0; t < tasks; t++) {
    const from = start[t]!
    const to = start[t + 1]!
    if (from === to) continue
    let s0 = logWeight[0]!
    let s1 = logWeight[1]!
    let s2 = logWeight[2]!
    let s3 = logWeight[3]!
    for (let i = from; i < to; i++) {
      const base = key[i]!
      s0 += table[base]!
      s1 += table[base + 1]!
      s2 += table[base + 2]!
      s3 += table[base + 3]!
    }
    const answer = gold ? gold[t]! : -1
    if (answer >= 0) {
      const first = answer * perClass
      const last = first + perClass - 1
      if (first > 0) s0 = Number.NEGATIVE_INFINITY
      if (first > 1 || last < 1) s1 = Number.NEGATIVE_INFINITY
      if (first > 2 || last < 2) s2 = Number.NEGATIVE_INFINITY
      if (last < 3) s3 = Number.NEGATIVE_INFINITY
    }
    const high = s0 > s1 ? s0 : s1
    const low = s2 > s3 ? s2 : s3
    const top = high > low ? high : low
    let p0 = exponential(s0 - top)
    let p1 = exponential(s1 - top)
    let p2 = exponential(s2 - top)
    let p3 = exponential(s3 - top)
    const sum = p0 + p1 + (p2 + p3)
    logEvidence += top
    product *= sum
    if (product > FULL) {
      logEvidence += Math.log(product)
      product = 1
    }
    const scale = 1 / sum
    p0 *= scale
    p1 *= scale
    p2 *= scale
    p3 *= scale
    const row = t * 4
    const moved = Math.max(
      Math.abs(p0 - responsibility[row]!),
      Math.abs(p1 - responsibility[row + 1]!),
      Math.abs(p2 - responsibility[row + 2]!),
      Math.abs(p3 - responsibility[row + 3]!),
    )
    if (moved > change) change = moved
    responsibility[row] = p0
    responsibility[row + 1] = p1
    responsibility[row + 2] = p2
    responsibility[row + 3] = p3
    weight0 += p0
    weight1 += p1
    weight2 += p2
    weight3 += p3
    for (let i = from; i < to; i++) {
      const base = key[i]!
      counts[base] = counts[base]! + p0
      counts[base + 1] = counts[base + 1]! + p1
      counts[base + 2] = counts[base + 2]! + p2
      counts[base + 3] = counts[base + 3]! + p3
    }
  }
  weights[0] = weight0
  weights[1] = weight1
  weights[2] = weight2
  weights[3] = weight3
  return { logEvidence: logEvidence + Math.log(product), change }
}

/** exp of a number that is zero or below. The leading state and states beyond a double's reach need no exponential. */
function exponential(gap: number): number {
  return gap === 0 ? 1 : gap < -745 ? 0 : Math.exp(gap)
}
