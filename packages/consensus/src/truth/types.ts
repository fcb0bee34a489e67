import type { Gold } from '../labels/gold.ts'
import type { Ids } from '../labels/ids.ts'

/** How to infer the truth; see docs/guides/choosing-a-method.md for which to use when. */
export const methods = [
  'auto',
  'majority',
  'wawa',
  'zero-based-skill',
  'dawid-skene',
  'one-coin',
  'fast-dawid-skene',
  'glad',
  'mace',
  'kos',
  'm-msr',
  'hierarchical-dawid-skene',
  'bayesian-one-coin',
  'class-one-coin',
  'one-coin-difficulty',
  'ebcc',
] as const

export type Method = (typeof methods)[number]

/** Options that every method takes; each method's own function has more. */
export interface CommonOptions {
  /** Known answers per task (class index or −1): their posteriors are clamped, and so they inform what is learnt of people. */
  readonly gold?: Gold
  readonly maxIterations?: number
  /** Stop when no posterior moves by more than this in an iteration. */
  readonly tolerance?: number
  /** Seed of the methods that start at random. Same seed, same result. */
  readonly seed?: number
  /** Called after each iteration or stage with the share done (0 … 1). */
  readonly onProgress?: (share: number) => void
}

/** What a method found out about each worker (arrays by worker index). */
export interface WorkerEstimates {
  readonly ids: Ids
  /** Judgments per worker. */
  readonly judgments: Int32Array
  /** Expected share of the worker's judgments that equal the truth, 0 … 1. */
  readonly reliability: Float64Array
  /** The method's own skill parameter, where it has one (see the method). */
  readonly skill?: Float64Array
  /** P(label | truth), workers × truth × label, where the method estimates it. */
  readonly confusion?: Float64Array
}

/** What many imperfect people together said, and how sure that is. */
export interface Inference {
  readonly method: Method
  readonly classes: readonly string[]
  readonly tasks: Ids
  /** P(truth = class), tasks × classes, each row sums to 1. A task without labels has the class prior. */
  readonly posteriors: Float64Array
  /** Per task the most probable class; ties go to the class given most often in all, then to the first. */
  readonly labels: Int32Array
  /** Per task the probability of that class. */
  readonly confidence: Float64Array
  /** Share of each class. */
  readonly prior: Float64Array
  readonly workers: WorkerEstimates
  readonly iterations: number
  readonly converged: boolean
  /** The objective that EM climbs, an entry per iteration, where the method has one. */
  readonly logLikelihood: readonly number[]
  /** What a reader of the run should know: members that took part, warnings. */
  readonly notes: readonly string[]
}

/** The outcome of one fit, before it is dressed as an Inference. */
export interface Fit {
  readonly posteriors: Float64Array
  readonly prior?: Float64Array
  readonly skill?: Float64Array
  readonly confusion?: Float64Array
  readonly iterations: number
  readonly converged: boolean
  readonly logLikelihood?: readonly number[]
  readonly notes?: readonly string[]
}
