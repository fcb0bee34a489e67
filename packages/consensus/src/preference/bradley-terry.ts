import { ConsensusError } from '../errors.ts'
import type { Ids } from '../labels/ids.ts'
import { normalQuantile } from '../math/special.ts'
import { toCells } from './cells.ts'
import { type Comparisons, connectivity, FIRST, SECOND, TIE } from './comparisons.ts'
import { centre, type IntervalOptions, standardErrorsOf } from './intervals.ts'
import { maximise } from './newton.ts'
import type { PairProblem, TieModel } from './pair-model.ts'

export interface BradleyTerryOptions extends IntervalOptions {
  /** How ties enter; default `half`. */
  readonly ties?: TieModel
  /** Whether being shown first may help or hurt (home advantage); default false. */
  readonly position?: boolean
  /** Precision of a normal prior around 0 on the scores; default 0, maximum likelihood. */
  readonly regularisation?: number
  /** Precision of a normal prior on each group's departures from the common scores; default 1. Used when rows have groups. */
  readonly groupPrecision?: number
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
  const { first, outcome } = comparisons
  if (first.length === 0) throw new ConsensusError('empty', 'There are no comparisons')
  const items = comparisons.items.size
  const notes: string[] = []
  const anyTie = outcome.includes(2)
  const ties = anyTie ? (options.ties ?? 'half') : 'half'
  if (!anyTie && options.ties && options.ties !== 'half')
    notes.push('no ties occur, so the tie model was left out')
  const cells = toCells(comparisons, {
    ties,
    position: options.position ?? false,
    groupPrecision: options.groupPrecision ?? 1,
  })
  const { problem } = cells
  const graph = connectivity(items, problem.first, problem.second, cellOutcomes(problem))
  let regularisation = options.regularisation ?? 0
  if (!graph.bounded && regularisation === 0) {
    regularisation = RESCUE
    notes.push(
      'some items only ever won or only ever lost against the rest, so a weak prior (precision 0.01) keeps their scores finite',
    )
  }
  problem.ridge.fill(regularisation, 0, items)
  if (graph.parts > 1)
    notes.push(`the comparisons fall into ${graph.parts} parts that were never compared with each other`)
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

/** What a cell says about who can beat whom: both ways as soon as each won once or they tied. */
function cellOutcomes({ win, loss, tie }: PairProblem): Uint8Array {
  const out = new Uint8Array(win.length)
  for (let c = 0; c < out.length; c++) {
    const wins = win[c]! > 0
    out[c] = tie[c]! > 0 || (wins && loss[c]! > 0) ? TIE : wins ? FIRST : SECOND
  }
  return out
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
