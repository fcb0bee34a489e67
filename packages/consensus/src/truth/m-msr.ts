import { ConsensusError } from '../errors.ts'
import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { voteShares } from './majority.ts'
import type { CommonOptions, Inference } from './types.ts'

const MOST_WORKERS = 4000

/**
 * M-MSR: skills from the agreement between pairs of workers, by rank-one matrix completion that leaves out the largest and
 * smallest ratios and so withstands adversaries, then a vote weighted by log odds (Ma and Olshevsky 2020).
 * `workers.skill` is the probability of being right. Starts at equal skills, so it is deterministic.
 * Throws `too_large` above 4,000 workers (the method holds workers × workers numbers).
 */
export function mMsr(labels: Labels, options: CommonOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  const { workers, classes, tasks } = layout
  if (workers > MOST_WORKERS)
    throw new ConsensusError(
      'too_large',
      `M-MSR compares all pairs of workers; ${workers} are more than ${MOST_WORKERS}`,
    )
  const { maxIterations = 500, tolerance = 1e-8 } = options
  const { covariance, shared } = pairAgreements(layout)
  const neighbours = Array.from({ length: workers }, (_, w) => {
    const list: number[] = []
    for (let v = 0; v < workers; v++) if (shared[w * workers + v]! > 0) list.push(v)
    return list
  })
  const fewest = neighbours.reduce((least, list) => Math.min(least, list.length), Number.POSITIVE_INFINITY)
  const trim = Math.max(0, Math.floor(fewest / 2) - 1)
  let size = new Float64Array(workers).fill(0.5)
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    let change = 0
    const updated = size.slice()
    for (let w = 0; w < workers; w++) {
      const ratios = neighbours[w]!.map(
        (v) => Math.abs(covariance[w * workers + v]!) / Math.max(size[v]!, 1e-6),
      )
      const kept = trimmed(ratios, trim, size[w]!)
      if (kept.length === 0) continue
      const mean = kept.reduce((sum, ratio) => sum + ratio, 0) / kept.length
      // Half steps: the plain alternation can swing between two scalings of the same rank-one matrix.
      const next = Math.min((size[w]! + mean) / 2, 1)
      change = Math.max(change, Math.abs(next - size[w]!))
      updated[w] = next
    }
    size = updated
    iterations++
    converged = change < tolerance
    options.onProgress?.(iterations / maxIterations)
  }
  const signs = pairSigns(covariance, shared, neighbours)
  const margin = 1 / Math.sqrt(tasks)
  const skill = new Float64Array(workers)
  const weight = new Float64Array(workers)
  for (let w = 0; w < workers; w++) {
    const centred = Math.max(Math.min(signs[w]! * size[w]!, 1 - margin), -1 / (classes - 1) + margin)
    skill[w] = (centred * (classes - 1)) / classes + 1 / classes
    weight[w] = Math.log((skill[w]! * (classes - 1)) / (1 - skill[w]!))
  }
  const posteriors = logVotes(layout, weight)
  clampGold(posteriors, classes, options.gold)
  return toInference(labels, 'm-msr', { posteriors, skill, iterations, converged })
}

/** Chance-centred agreement of each pair of workers, K/(K−1)·share − 1/(K−1), and on how many tasks it rests. */
function pairAgreements(layout: Layout): { covariance: Float64Array; shared: Int32Array } {
  const { tasks, workers, classes, start, worker, label } = layout
  const covariance = new Float64Array(workers * workers)
  const shared = new Int32Array(workers * workers)
  for (let t = 0; t < tasks; t++)
    for (let i = start[t]!; i < start[t + 1]!; i++)
      for (let j = start[t]!; j < start[t + 1]!; j++) {
        if (worker[i] === worker[j]) continue
        const cell = worker[i]! * workers + worker[j]!
        shared[cell]!++
        if (label[i] === label[j]) covariance[cell]!++
      }
  for (let cell = 0; cell < covariance.length; cell++)
    if (shared[cell]! > 0)
      covariance[cell] = ((covariance[cell]! / shared[cell]!) * classes - 1) / (classes - 1)
  return { covariance, shared }
}

/** Leaves out up to `count` values above and below `current`. */
function trimmed(values: number[], count: number, current: number): number[] {
  if (count === 0) return values
  const sorted = values.sort((a, b) => a - b)
  const below = sorted.filter((value) => value < current).length
  const above = sorted.filter((value) => value > current).length
  return sorted.slice(Math.min(count, below), sorted.length - Math.min(count, above))
}

/** Who agrees with whom more than chance: signs by power iteration on the centred agreements, most people being helpful. */
function pairSigns(covariance: Float64Array, shared: Int32Array, neighbours: number[][]): Float64Array {
  const workers = neighbours.length
  let vector = new Float64Array(workers).fill(1)
  for (let round = 0; round < 50; round++) {
    const next = new Float64Array(workers)
    for (let w = 0; w < workers; w++) {
      next[w] = vector[w]! * 1e-3
      for (const v of neighbours[w]!)
        next[w]! += covariance[w * workers + v]! * Math.sqrt(shared[w * workers + v]!) * vector[v]!
    }
    const largest = next.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-300)
    vector = next.map((value) => value / largest)
  }
  const total = vector.reduce((sum, value) => sum + value, 0)
  return vector.map((value) => (Math.sign(value) || 1) * (total < 0 ? -1 : 1))
}

/** Posteriors of a vote whose weights are log odds. */
function logVotes(layout: Layout, weight: Float64Array): Float64Array {
  const { tasks, classes, start, worker, label } = layout
  const out = voteShares(layout)
  for (let t = 0; t < tasks; t++) {
    if (start[t] === start[t + 1]) continue
    const row = out.subarray(t * classes, (t + 1) * classes).fill(0)
    for (let i = start[t]!; i < start[t + 1]!; i++) row[label[i]!]! += weight[worker[i]!]!
    const top = Math.max(...row)
    let sum = 0
    for (let k = 0; k < classes; k++) {
      row[k] = Math.exp(row[k]! - top)
      sum += row[k]!
    }
    for (let k = 0; k < classes; k++) row[k]! /= sum
  }
  return out
}
