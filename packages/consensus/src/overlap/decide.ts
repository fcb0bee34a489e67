import { ConsensusError } from '../errors.ts'
import { type CrowdModel, VIEWS } from './crowd-model.ts'

/** One task on its way to a decision: its judgments so far and the running evidence, renewed in O(classes) per judgment. */
export interface TaskState {
  /** Log evidence, view · classes + class. */
  readonly score: Float64Array
  readonly workers: number[]
  readonly labels: number[]
}

export function beginTask(model: CrowdModel): TaskState {
  return { score: model.logPrior.slice(), workers: [], labels: [] }
}

/** Adds a judgment. `worker` outside the model (never seen) is taken for an average newcomer. O(classes). */
export function addJudgment(model: CrowdModel, state: TaskState, worker: number, label: number): void {
  if (!(label >= 0 && label < model.classes))
    throw new ConsensusError('bad_option', `The label ${label} is not one of the ${model.classes} classes`)
  const from = evidenceAt(model, worker, label)
  const size = VIEWS * model.classes
  for (let i = 0; i < size; i++) state.score[i] = state.score[i]! + model.evidence[from + i]!
  state.workers.push(worker)
  state.labels.push(label)
}

function evidenceAt(model: CrowdModel, worker: number, label: number): number {
  const known = worker >= 0 && worker < model.workers ? worker : model.workers
  return (known * model.classes + label) * VIEWS * model.classes
}

/** Mean over the views of P(class | judgments). */
export function statePosterior(model: CrowdModel, score: Float64Array): Float64Array {
  const { classes } = model
  const out = new Float64Array(classes)
  for (let view = 0; view < VIEWS; view++) {
    const base = view * classes
    let top = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) if (score[base + k]! > top) top = score[base + k]!
    let sum = 0
    for (let k = 0; k < classes; k++) sum += Math.exp(score[base + k]! - top)
    for (let k = 0; k < classes; k++) out[k]! += Math.exp(score[base + k]! - top) / sum / VIEWS
  }
  return out
}

export interface DecideOptions {
  /** Stop at this probability; default 0.96, chosen with `dependence` on six real sets (see the README). */
  readonly confidence?: number
  /**
   * How far judgments of one task repeat each other's errors: n judgments count as n / (1 + dependence · (n − 1)). Default 0.1.
   * Without it long rows of judgments look surer than they are, and short ones have to be too sure.
   */
  readonly dependence?: number
  /** Fewest judgments, default 2, and most (the overlap that is paid for at the latest), default no limit. */
  readonly least?: number
  readonly most?: number
  /**
   * What a right answer is worth over a wrong one, in the unit of the costs. When given, no further judgment is asked for once even
   * certainty would not be worth the cost of one: value · (1 − confidence) < cost.
   */
  readonly value?: number
  /** What one judgment costs; default 1. */
  readonly cost?: number
  /** Judgments that the project can still buy; 0 stops everything. */
  readonly budget?: number
  /** Who could be asked (not those who have judged this task), with their cost where it differs. */
  readonly candidates?: readonly { readonly worker: number; readonly cost?: number }[]
}

export interface Decision {
  readonly enough: boolean
  /** `confident`, `most`, `budget` and `not_worth_it` end the task; `ask` goes on. */
  readonly reason: 'confident' | 'most' | 'budget' | 'not_worth_it' | 'ask'
  readonly posterior: Float64Array
  readonly answer: number
  /** Probability of the answer, tempered for dependence. */
  readonly confidence: number
  /** Candidates by the expected information (nats) in their judgment per cost; best first. */
  readonly ask: readonly { readonly worker: number; readonly information: number }[]
}

/**
 * Whether a task has been judged enough, and if not, whom to ask. Stops when the mean of the three views is confident and no single
 * person decides: with any one judgment taken away the same answer must still lead, and at least two different people must have
 * judged (however reliable they are).
 */
export function decide(model: CrowdModel, state: TaskState, options: DecideOptions = {}): Decision {
  const { confidence = 0.96, dependence = 0.1, least = 2, most = Number.POSITIVE_INFINITY } = options
  const { budget, value, cost = 1 } = options
  const posterior = statePosterior(model, state.score)
  let answer = 0
  for (let k = 1; k < posterior.length; k++) if (posterior[k]! > posterior[answer]!) answer = k
  const sure = tempered(posterior[answer]!, state.labels.length, dependence)
  const end = (reason: Decision['reason'], ask: Decision['ask'] = []): Decision => ({
    enough: reason !== 'ask',
    reason,
    posterior,
    answer,
    confidence: sure,
    ask,
  })
  if (state.labels.length >= most) return end('most')
  if (
    state.labels.length >= least &&
    sure >= confidence &&
    distinct(state.workers) >= Math.min(2, least) &&
    survivesAnyOne(model, state, answer)
  )
    return end('confident')
  if (budget !== undefined && budget <= 0) return end('budget')
  const candidates = (options.candidates ?? []).filter(({ worker }) => !state.workers.includes(worker))
  if (value !== undefined && state.labels.length >= least) {
    const cheapest = Math.min(...candidates.map((candidate) => candidate.cost ?? cost), cost)
    if (value * (1 - sure) < cheapest) return end('not_worth_it')
  }
  const ask = candidates
    .map(({ worker, cost: own }) => ({
      worker,
      cost: own ?? cost,
      information: expectedInformation(model, state, worker),
    }))
    .sort((a, b) => b.information / b.cost - a.information / a.cost)
  return end(
    'ask',
    ask.map(({ worker, information }) => ({ worker, information })),
  )
}

function distinct(workers: readonly number[]): number {
  return new Set(workers).size
}

function survivesAnyOne(model: CrowdModel, state: TaskState, answer: number): boolean {
  if (state.labels.length < 2) return true
  const size = VIEWS * model.classes
  const without = new Float64Array(size)
  for (let i = 0; i < state.labels.length; i++) {
    if (state.labels[i] !== answer) continue
    const from = evidenceAt(model, state.workers[i]!, state.labels[i]!)
    for (let s = 0; s < size; s++) without[s] = state.score[s]! - model.evidence[from + s]!
    const rest = statePosterior(model, without)
    for (let k = 0; k < rest.length; k++) if (rest[k]! > rest[answer]!) return false
  }
  return true
}

/**
 * Expected information (nats) about the truth in a judgment by this person. O(classes²). Information and not the expected rise of the
 * leading probability, because that is zero whenever no single further judgment could turn the answer.
 */
export function expectedInformation(model: CrowdModel, state: TaskState, worker: number): number {
  const { classes } = model
  const posterior = statePosterior(model, state.score)
  const after = new Float64Array(VIEWS * classes)
  let expected = 0
  let total = 0
  for (let l = 0; l < classes; l++) {
    const from = evidenceAt(model, worker, l)
    let chance = 0
    for (let k = 0; k < classes; k++) {
      let p = 0
      for (let view = 0; view < VIEWS; view++)
        p += Math.exp(model.evidence[from + view * classes + k]!) / VIEWS
      chance += posterior[k]! * p
    }
    for (let i = 0; i < after.length; i++) after[i] = state.score[i]! + model.evidence[from + i]!
    expected += chance * entropy(statePosterior(model, after))
    total += chance
  }
  return Math.max(0, entropy(posterior) - expected / total)
}

function entropy(p: Float64Array): number {
  let sum = 0
  for (const value of p) if (value > 0) sum -= value * Math.log(value)
  return sum
}

/** Probability whose log odds are divided by 1 + dependence · (n − 1): n judgments are worth fewer independent ones. */
function tempered(p: number, n: number, dependence: number): number {
  if (p >= 1) return 1
  const odds = (p / (1 - p)) ** (1 / (1 + dependence * (n - 1)))
  return odds / (1 + odds)
}
