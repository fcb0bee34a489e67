import { randomInt, seededRandom } from '../math/random.ts'
import type { Cells } from './cells.ts'
import type { Comparisons } from './comparisons.ts'
import { covarianceSpace, inverseInformation, MOST_DENSE, sandwichVariance } from './covariance.ts'
import { maximise, type PairFit } from './newton.ts'
import { etaOf, type PairProblem } from './pair-model.ts'

export interface IntervalOptions {
  /** Default `sandwich` (by cluster when rows have clusters); `fisher` trusts the model; `bootstrap` resamples rows or clusters. */
  readonly intervals?: 'sandwich' | 'fisher' | 'bootstrap' | 'none'
  readonly level?: number
  /** Bootstrap draws, default 200, and their seed. */
  readonly draws?: number
  readonly seed?: number
}

/** Scores sum to zero within each part. The likelihood does not notice; with a prior they already nearly do. */
export function centre(theta: Float64Array, problem: PairProblem, part: Int32Array, parts: number): void {
  const sums = new Float64Array(parts)
  const sizes = new Int32Array(parts)
  for (let i = 0; i < problem.items; i++) {
    sums[part[i]!]! += theta[i]!
    sizes[part[i]!]!++
  }
  for (let i = 0; i < problem.items; i++) theta[i]! -= sums[part[i]!]! / sizes[part[i]!]!
}

/** Standard error of every parameter; NaN, with a note, where there is none. */
export function standardErrorsOf(
  comparisons: Comparisons,
  cells: Cells,
  fit: PairFit,
  graph: { readonly part: Int32Array; readonly parts: number },
  options: IntervalOptions,
  notes: string[],
): Float64Array {
  const { problem } = cells
  const none = new Float64Array(problem.parameters).fill(Number.NaN)
  const kind = options.intervals ?? 'sandwich'
  if (kind === 'none') return none
  if (kind === 'bootstrap') return bootstrapErrors(comparisons, cells, fit, graph, options)
  if (problem.parameters > MOST_DENSE) {
    notes.push(
      `no intervals: ${problem.parameters} parameters are more than ${MOST_DENSE}; use the bootstrap`,
    )
    return none
  }
  const which = kind === 'fisher' ? 'diagonal' : 'full'
  const space = covarianceSpace(problem, which)
  const inverse = inverseInformation(space, problem, fit.derivatives, graph.part, graph.parts, which)
  if (!inverse) {
    notes.push('no intervals: the information matrix is singular')
    return none
  }
  if (kind === 'fisher') return inverse.map((variance) => Math.sqrt(Math.max(0, variance)))
  return sandwichVariance(
    space,
    problem,
    inverse,
    { cell: cells.cell, outcome: cells.outcome, cluster: comparisons.cluster },
    voteScores(problem, fit.theta),
    fit.derivatives,
  ).map((variance) => Math.sqrt(Math.max(0, variance)))
}

/** Derivative of one vote's log likelihood by η and the tie parameter. */
function voteScores(
  problem: PairProblem,
  theta: Float64Array,
): (cell: number, outcome: number) => readonly [number, number] {
  const tie = problem.ties === 'half' ? 0 : theta[problem.parameters - 1]!
  return (c, outcome) => {
    const eta = etaOf(problem, theta, c)
    if (problem.ties === 'half') {
      const share = outcome === 0 ? 1 : outcome === 1 ? 0 : 0.5
      return [share - 1 / (1 + Math.exp(-eta)), 0]
    }
    if (problem.ties === 'davidson') {
      const a = Math.exp(eta / 2)
      const b = Math.exp(-eta / 2)
      const t = Math.exp(tie)
      const sum = a + b + t
      const mean = (a - b) / sum / 2
      return [(outcome === 0 ? 0.5 : outcome === 1 ? -0.5 : 0) - mean, (outcome === 2 ? 1 : 0) - t / sum]
    }
    const p = 1 / (1 + Math.exp(tie - eta))
    const q = 1 / (1 + Math.exp(tie + eta))
    const gap = Math.expm1(2 * tie)
    if (outcome === 0) return [1 - p, -(1 - p)]
    if (outcome === 1) return [-(1 - q), -(1 - q)]
    return [q - p, -(1 - p) - (1 - q) + (2 * (gap + 1)) / gap]
  }
}

/** Standard deviations over refits of resampled rows (or clusters), each started at the estimate. */
function bootstrapErrors(
  comparisons: Comparisons,
  cells: Cells,
  fit: PairFit,
  graph: { readonly part: Int32Array; readonly parts: number },
  options: IntervalOptions,
): Float64Array {
  const { problem, cell, outcome } = cells
  const draws = options.draws ?? 200
  const random = seededRandom(options.seed ?? 1)
  const rows = cell.length
  const units = comparisons.cluster ? (comparisons.clusters ?? Math.max(...comparisons.cluster) + 1) : rows
  const times = new Int32Array(units)
  const sum = new Float64Array(problem.parameters)
  const squares = new Float64Array(problem.parameters)
  const cellsCount = problem.first.length
  const win = new Float64Array(cellsCount)
  const loss = new Float64Array(cellsCount)
  const tie = new Float64Array(cellsCount)
  // A resampled graph may lose its strong connection; the weak prior then keeps the draw finite.
  const ridge = problem.ridge.map((precision, i) =>
    i < problem.items ? Math.max(precision, 1e-3) : precision,
  )
  const drawn: PairProblem = { ...problem, win, loss, tie, ridge }
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0)
    for (let u = 0; u < units; u++) times[randomInt(random, units)]!++
    win.fill(0)
    loss.fill(0)
    tie.fill(0)
    for (let r = 0; r < rows; r++) {
      const n = times[comparisons.cluster ? comparisons.cluster[r]! : r]!
      if (n === 0) continue
      const column = outcome[r] === 0 ? win : outcome[r] === 1 ? loss : tie
      column[cell[r]!]! += n
    }
    const { theta } = maximise(drawn, fit.theta, 30, 1e-5)
    centre(theta, problem, graph.part, graph.parts)
    for (let i = 0; i < theta.length; i++) {
      const apart = theta[i]! - fit.theta[i]!
      sum[i]! += apart
      squares[i]! += apart * apart
    }
  }
  return sum.map((total, i) => Math.sqrt(Math.max(0, (squares[i]! - (total * total) / draws) / (draws - 1))))
}
