import { ConsensusError } from '../errors.ts'
import type { Labels } from '../labels/labels.ts'
import { gaussian, seededRandom } from '../math/random.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import type { CommonOptions, Inference } from './types.ts'

/**
 * KOS message passing for two classes (Karger, Oh and Shah 2014): task messages weigh votes by worker messages and the other
 * way round. Messages start at N(1, 1) from the seed and are rescaled each round, which changes no sign. The method gives no
 * probabilities: the posterior is a logistic of the standardised vote, for ranking only. Default 100 rounds.
 * Throws `bad_option` with other than two classes.
 */
export function kos(labels: Labels, options: CommonOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  const { tasks, workers, classes, start, worker, label, rows } = layout
  if (classes !== 2)
    throw new ConsensusError('bad_option', `KOS is for two classes; these labels have ${classes}`)
  const rounds = options.maxIterations ?? 100
  const random = seededRandom(options.seed ?? 1)
  const trust = Float64Array.from({ length: rows }, () => 1 + gaussian(random))
  const belief = new Float64Array(rows)
  const votes = new Float64Array(tasks)
  const workerSum = new Float64Array(workers)
  const sign = (i: number) => (label[i] === 1 ? 1 : -1)
  const vote = () => {
    votes.fill(0)
    for (let t = 0; t < tasks; t++)
      for (let i = start[t]!; i < start[t + 1]!; i++) votes[t]! += sign(i) * trust[i]!
  }
  for (let round = 0; round < rounds; round++) {
    vote()
    workerSum.fill(0)
    for (let t = 0; t < tasks; t++)
      for (let i = start[t]!; i < start[t + 1]!; i++) {
        belief[i] = votes[t]! - sign(i) * trust[i]!
        workerSum[worker[i]!]! += sign(i) * belief[i]!
      }
    let largest = 0
    for (let i = 0; i < rows; i++) {
      trust[i] = workerSum[worker[i]!]! - sign(i) * belief[i]!
      largest = Math.max(largest, Math.abs(trust[i]!))
    }
    if (largest === 0) break
    for (let i = 0; i < rows; i++) trust[i]! /= largest
    options.onProgress?.((round + 1) / rounds)
  }
  vote()
  let spread = 0
  for (const value of votes) spread += value * value
  spread = Math.sqrt(spread / tasks) || 1
  const posteriors = new Float64Array(tasks * 2)
  for (let t = 0; t < tasks; t++) {
    const p = 1 / (1 + Math.exp((-2 * votes[t]!) / spread))
    posteriors[2 * t] = 1 - p
    posteriors[2 * t + 1] = p
  }
  clampGold(posteriors, 2, options.gold)
  return toInference(labels, 'kos', { posteriors, iterations: rounds, converged: true })
}
