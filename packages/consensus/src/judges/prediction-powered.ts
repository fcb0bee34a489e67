import type { Estimate } from '../agreement/jackknife.ts'
import { ConsensusError } from '../errors.ts'
import { studentQuantile } from '../math/special.ts'

export interface PredictionPowered extends Estimate {
  /** How much the model labels are used: 0 not at all (they say nothing), 1 fully. */
  readonly power: number
  /** The human labels alone, for comparison. */
  readonly classical: Estimate
  /** How many human labels without a model would give the same standard error. */
  readonly worthHumanLabels: number
}

/**
 * A mean (an accuracy, a rate, a win rate with ties as ½) from few human and many model labels, valid however wrong the model is:
 * prediction-powered inference (Angelopoulos et al. 2023) with the power tuned to the data (PPI++, Angelopoulos, Duchi and Zrnic 2023).
 * @param human human values on the tasks that people judged
 * @param model the model's values on the same tasks, in the same order
 * @param rest the model's values on the tasks that nobody judged
 * Throws ConsensusError `bad_shape` when human and model differ in length or there are fewer than two.
 */
export function predictionPoweredMean(
  human: ArrayLike<number>,
  model: ArrayLike<number>,
  rest: ArrayLike<number>,
  options: { readonly level?: number; readonly power?: number } = {},
): PredictionPowered {
  const n = human.length
  const N = rest.length
  if (model.length !== n)
    throw new ConsensusError(
      'bad_shape',
      `There are ${n} human values but ${model.length} model values beside them`,
    )
  if (n < 2) throw new ConsensusError('bad_shape', `At least two human values are needed; there are ${n}`)
  const level = options.level ?? 0.95
  const humanMoments = moments(human)
  const modelMoments = moments(model)
  const restMoments = N > 0 ? moments(rest) : modelMoments
  let covariance = 0
  for (let i = 0; i < n; i++)
    covariance += ((human[i]! - humanMoments.mean) * (model[i]! - modelMoments.mean)) / (n - 1)
  const pooled =
    (modelMoments.variance * (n - 1) + restMoments.variance * Math.max(N - 1, 0)) /
    (n - 1 + Math.max(N - 1, 0))
  const best = N > 0 && pooled > 0 ? covariance / ((1 + n / N) * pooled) : 0
  const power = N === 0 ? 0 : (options.power ?? Math.min(Math.max(best, 0), 1))
  const value = humanMoments.mean + power * (restMoments.mean - modelMoments.mean)
  let residualVariance = 0
  for (let i = 0; i < n; i++) {
    const residual = human[i]! - power * model[i]! - (humanMoments.mean - power * modelMoments.mean)
    residualVariance += (residual * residual) / (n - 1)
  }
  const standardError = Math.sqrt(
    residualVariance / n + (N > 0 ? (power * power * restMoments.variance) / N : 0),
  )
  const reach = studentQuantile(0.5 + level / 2, n - 1)
  const classicalError = Math.sqrt(humanMoments.variance / n)
  return {
    value,
    standardError,
    low: value - reach * standardError,
    high: value + reach * standardError,
    power,
    classical: {
      value: humanMoments.mean,
      standardError: classicalError,
      low: humanMoments.mean - reach * classicalError,
      high: humanMoments.mean + reach * classicalError,
    },
    worthHumanLabels: standardError > 0 ? humanMoments.variance / (standardError * standardError) : n,
  }
}

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  let mean = 0
  for (let i = 0; i < values.length; i++) mean += values[i]! / values.length
  let variance = 0
  for (let i = 0; i < values.length; i++) variance += (values[i]! - mean) ** 2
  return { mean, variance: values.length > 1 ? variance / (values.length - 1) : 0 }
}
