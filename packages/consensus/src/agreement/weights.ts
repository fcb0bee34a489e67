import { ConsensusError } from '../errors.ts'

/** How far two classes are apart. `nominal` needs no values; the others read the classes as numbers or take `values`. */
export type Scale = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/** Classes as numbers: the given values, or the class names read as numbers. */
export function classValues(classes: readonly string[], values?: readonly number[]): Float64Array {
  const out = Float64Array.from(
    values ?? classes.map((name) => (name.trim() === '' ? Number.NaN : Number(name))),
  )
  if (out.length !== classes.length)
    throw new ConsensusError('bad_shape', `There are ${classes.length} classes but ${out.length} values`)
  const bad = out.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new ConsensusError(
      'bad_option',
      `The class '${classes[bad]}' is not a number; give the values option to place the classes on a scale`,
    )
  return out
}

/** Order of the classes by value: rank[k] is the position of class k. */
export function ranksOf(values: Float64Array): Int32Array {
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!)
  const rank = new Int32Array(values.length)
  order.forEach((index, position) => {
    rank[index] = position
  })
  return rank
}

/**
 * Krippendorff's squared differences δ² (classes × classes). The ordinal one depends on how often each class was given:
 * pass the totals. Source: Krippendorff, Content Analysis, 4th ed., ch. 12.
 */
export function squaredDifferences(scale: Scale, values: Float64Array, totals: Float64Array): Float64Array {
  const size = values.length
  const out = new Float64Array(size * size)
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[a]! - values[b]!)
  for (let i = 0; i < size; i++) {
    let between = 0
    for (let j = i + 1; j < size; j++) {
      const a = order[i]!
      const b = order[j]!
      between += totals[b]!
      let difference = 1
      if (scale === 'ordinal') difference = totals[a]! / 2 + between - totals[b]! / 2
      else if (scale === 'interval') difference = values[a]! - values[b]!
      else if (scale === 'ratio') {
        const sum = values[a]! + values[b]!
        difference = sum === 0 ? 0 : (values[a]! - values[b]!) / sum
      }
      out[a * size + b] = difference * difference
      out[b * size + a] = difference * difference
    }
  }
  return out
}

/** Weights of partial agreement, 1 on the diagonal: how much credit a near miss gets. */
export type AgreementWeights = 'identity' | 'linear' | 'quadratic' | 'ordinal'

/** Agreement weights (classes × classes). Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed., ch. 3. */
export function agreementWeights(kind: AgreementWeights, values: Float64Array): Float64Array {
  const size = values.length
  const rank = ranksOf(values)
  const spread = Math.max(...values) - Math.min(...values) || 1
  const out = new Float64Array(size * size)
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      const distance = Math.abs(values[a]! - values[b]!) / spread
      const steps = Math.abs(rank[a]! - rank[b]!) + 1
      let weight = a === b ? 1 : 0
      if (kind === 'linear') weight = 1 - distance
      else if (kind === 'quadratic') weight = 1 - distance * distance
      else if (kind === 'ordinal') weight = 1 - (steps * (steps - 1)) / (size * (size - 1))
      out[a * size + b] = weight
    }
  return out
}
