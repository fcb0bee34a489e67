import { ConsensusError } from '../errors.ts'
import type { Ids } from '../labels/ids.ts'
import { randomInt, seededRandom } from '../math/random.ts'
import { normalQuantile } from '../math/special.ts'
import { type Cells, toCells } from './cells.ts'
import { type Comparisons, connectivity } from './comparisons.ts'
import { inverseInformation, MOST_DENSE, sandwichVariance } from './covariance.ts'
import { maximise, type PairFit } from './newton.ts'
import { etaOf, type PairProblem, type TieModel } from './pair-model.ts'

export interface BradleyTerryOptions {
  /** How ties enter; default `half`. */
  readonly ties?: TieModel
  /** Whether being shown first may help or hurt (home advantage); default false. */
  readonly position?: boolean
  /** Precision of a normal prior around 0 on the scores; default 0, maximum likelihood. */
  readonly regularisation?: number
  /** Precision of a normal prior on each group's departures from the common scores; default 1. Used when rows have groups. */
  readonly groupPrecision?: number
  /** Default `sandwich` (by cluster when rows have clusters); `fisher` trusts the model; `bootstrap` resamples rows or clusters. */
  readonly intervals?: 'sandwich' | 'fisher' | 'bootstrap' | 'none'
  readonly level?: number
  /** Bootstrap draws, default 200, and their seed. */
  readonly draws?: number
  readonly seed?: number
  readonly maxIterations?: number
}

/** A parameter with its interval; NaN where intervals were not asked for or cannot be had. */
export interface Effect {
  readonly value: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

export interface Ratings {
  readonly items: Ids
  /** Score per item in log odds; they sum to zero within each connected part. P(a beats b) = σ(score a − score b), ties aside. */
  readonly scores: Float64Array
  readonly standardErrors: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** Per item its connected part; scores of different parts cannot be compared. */
  readonly part: Int32Array
  readonly parts: number
  /** Advantage of being shown first, in log odds. */
  readonly position?: Effect
  /** Davidson: log of the tie weight. Rao-Kupper: the threshold in log odds. */
  readonly tie?: Effect
  /** Effects of covariates per unit of difference, by name: how much, say, length buys. */
  readonly covariates: ReadonlyMap<string, Effect>
  /** Per group its departures from the common scores, groups × items. */
  readonly groupDepartures?: Float64Array
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
  readonly notes: readonly string[]
}

/** Where maximum likelihood does not exist, this much prior precision keeps the scores finite. */
const RESCUE = 0.01

/**
 * Bradley-Terry scores by maximum likelihood (Bradley and Terry 1952; Newton to convergence), with ties (Davidson 1970, Rao and
 * Kupper 1967), position effect, covariates (style control), group departures, and intervals by the sandwich, by the Fisher
 * information or by bootstrap. Items that were never connected by comparisons get a part of their own, and `notes` says so; where an
 * item only ever won or lost, a weak prior (precision 0.01) is used and noted unless `regularisation` is given.
 * Throws ConsensusError `empty` without comparisons.
 */
export function bradleyTerry(comparisons: Comparisons, options: BradleyTerryOptions = {}): Ratings {
  const { first, second, outcome } = comparisons
  if (first.length === 0) throw new ConsensusError('empty', 'There are no comparisons')
  const items = comparisons.items.size
  const graph = connectivity(items, first, second, outcome)
  const notes: string[] = []
  const anyTie = outcome.includes(2)
  const ties = anyTie ? (options.ties ?? 'half') : 'half'
  if (!anyTie && options.ties && options.ties !== 'half')
    notes.push('no ties occur, so the tie model was left out')
  let regularisation = options.regularisation ?? 0
  if (!graph.bounded && regularisation === 0) {
    regularisation = RESCUE
    notes.push(
      'some items only ever won or only ever lost against the rest, so a weak prior (precision 0.01) keeps their scores finite',
    )
  }
  if (graph.parts > 1)
    notes.push(`the comparisons fall into ${graph.parts} parts that were never compared with each other`)
  const cells = toCells(comparisons, {
    ties,
    position: options.position ?? false,
    regularisation,
    groupPrecision: options.groupPrecision ?? 1,
  })
  const { problem } = cells
  const start = firstGuess(problem)
  if (ties !== 'half') start[problem.parameters - 1] = ties === 'davidson' ? -1 : 0.3
  const fit = maximise(problem, start, options.maxIterations)
  centre(fit.theta, problem, graph.part, graph.parts)
  if (!fit.converged) notes.push(`not converged after ${fit.iterations} iterations`)

  const standardErrors = standardErrorsOf(comparisons, cells, fit, graph, options, notes)
  const reach = normalQuantile(0.5 + (options.level ?? 0.95) / 2)
  const effect = (index: number): Effect => {
    const value = fit.theta[index]!
    const standardError = standardErrors[index]!
    return { value, standardError, low: value - reach * standardError, high: value + reach * standardError }
  }
  const scores = fit.theta.slice(0, items)
  const errors = standardErrors.slice(0, items)
  return {
    items: comparisons.items,
    scores,
    standardErrors: errors,
    low: scores.map((score, i) => score - reach * errors[i]!),
    high: scores.map((score, i) => score + reach * errors[i]!),
    part: graph.part,
    parts: graph.parts,
    ...(cells.positionIndex >= 0 && { position: effect(cells.positionIndex) }),
    ...(ties !== 'half' && { tie: effect(problem.parameters - 1) }),
    covariates: new Map(
      (comparisons.covariateNames ?? []).map((name, v) => [name, effect(cells.covariateIndex + v)]),
    ),
    ...(cells.groupIndex >= 0 && {
      groupDepartures: fit.theta.slice(
        cells.groupIndex,
        cells.groupIndex + items * (comparisons.groups?.size ?? 0),
      ),
    }),
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
    converged: fit.converged,
    notes,
  }
}

/** Log odds of each item's share of wins: close where opponents are mixed, and it saves a Newton step or two. */
function firstGuess(problem: PairProblem): Float64Array {
  const { items, first, second, win, loss, tie } = problem
  const won = new Float64Array(items).fill(1)
  const lost = new Float64Array(items).fill(1)
  for (let c = 0; c < first.length; c++) {
    const i = first[c]!
    const j = second[c]!
    const up = win[c]! + tie[c]! / 2
    const down = loss[c]! + tie[c]! / 2
    won[i] = won[i]! + up
    lost[i] = lost[i]! + down
    won[j] = won[j]! + down
    lost[j] = lost[j]! + up
  }
  const start = new Float64Array(problem.parameters)
  for (let i = 0; i < items; i++) start[i] = Math.log(won[i]! / lost[i]!)
  return start
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

function standardErrorsOf(
  comparisons: Comparisons,
  cells: Cells,
  fit: PairFit,
  graph: { readonly part: Int32Array; readonly parts: number },
  options: BradleyTerryOptions,
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
  const inverse = inverseInformation(
    problem,
    fit.derivatives,
    graph.part,
    graph.parts,
    kind === 'fisher' ? 'diagonal' : 'full',
  )
  if (!inverse) {
    notes.push('no intervals: the information matrix is singular')
    return none
  }
  if (kind === 'fisher') return inverse.map((variance) => Math.sqrt(Math.max(0, variance)))
  return sandwichVariance(
    problem,
    inverse,
    { cell: cells.cell, outcome: cells.outcome, cluster: comparisons.cluster },
    voteScores(problem, fit.theta),
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
  options: BradleyTerryOptions,
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
