import { type Layout, subLayout } from '../labels/layout.ts'
import { randomInt, seededRandom } from '../math/random.ts'
import { CrowdPrior } from './crowd-prior.ts'
import { countPass, latentProblem, newTable } from './kernel.ts'

/** Fits on part of the labels and gives posteriors, tasks × classes. */
export type PosteriorFit = (layout: Layout) => Float64Array

const FOLDS = 3
const EVALUATOR_STEPS = 6

/**
 * How well posteriors learnt from two thirds of the labels foretell the rest, per candidate: the mean of the
 * log of Σ_k q_tk·P(label | k, worker), where P comes from one and the same evaluator for all (six hierarchical M-steps). The
 * class that foretells labels best is not always the truth, so this serves as a veto and not to choose.
 */
export function heldOutScores(
  layout: Layout,
  candidates: readonly PosteriorFit[],
  options: { readonly seed: number; readonly folds: number },
): Float64Array {
  const { tasks, classes, workers, start, rows, worker, label } = layout
  const scores = new Float64Array(candidates.length)
  const fold = new Uint8Array(rows)
  const random = seededRandom(options.seed)
  for (let i = 0; i < rows; i++) fold[i] = randomInt(random, FOLDS)
  for (let held = 0; held < options.folds; held++) {
    const train = subLayout(layout, (row) => fold[row] !== held)
    const problem = latentProblem(train, classes, undefined)
    candidates.forEach((fit, index) => {
      const posteriors = fit(train)
      const counts = newTable(problem)
      const table = newTable(problem)
      countPass(problem, posteriors, counts, new Float64Array(classes))
      const prior = new CrowdPrior(workers, classes, counts)
      for (let step = 0; step < EVALUATOR_STEPS; step++) prior.update(counts, table)
      const confusion = prior.confusion(counts)
      for (let t = 0; t < tasks; t++) {
        if (train.start[t] === train.start[t + 1]) continue
        for (let i = start[t]!; i < start[t + 1]!; i++) {
          if (fold[i] !== held) continue
          let p = 0
          for (let k = 0; k < classes; k++)
            p += posteriors[t * classes + k]! * confusion[(worker[i]! * classes + k) * classes + label[i]!]!
          scores[index]! += Math.log(Math.max(p, 1e-12)) / rows
        }
      }
    })
  }
  return scores
}
