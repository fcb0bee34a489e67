import type { Derivatives, PairProblem } from './pair-model.ts'

/** Pairs with up to this many votes multiply their likelihoods up, by number of votes: a logarithm in hundreds of pairs. */
const FEW = 32
const SMALL = 1e-280

/**
 * `evaluate` for the commonest case, scores alone: with e^θ per item, a pair needs neither an exponential nor (unless its votes are
 * many or no whole number) a logarithm. Undefined where the scores are too far apart for that.
 */
export function evaluateItemsOnly(
  problem: PairProblem,
  theta: Float64Array,
  out: Derivatives | undefined,
): number | undefined {
  const { first, second, win, loss, tie, ridge, items } = problem
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < items; i++) {
    low = Math.min(low, theta[i]!)
    high = Math.max(high, theta[i]!)
  }
  if (!(high - low < 600)) return undefined
  const middle = (low + high) / 2
  const strength = new Float64Array(items)
  let total = 0
  for (let i = 0; i < items; i++) {
    strength[i] = Math.exp(theta[i]! - middle)
    total -= (ridge[i]! * theta[i]! * theta[i]!) / 2
  }
  const product = new Float64Array(FEW).fill(1)
  for (let c = 0; c < first.length; c++) {
    const i = first[c]!
    const j = second[c]!
    const up = win[c]! + tie[c]! / 2
    const down = loss[c]! + tie[c]! / 2
    const votes = up + down
    const scale = 1 / (strength[i]! + strength[j]!)
    const p = strength[i]! * scale
    const q = strength[j]! * scale
    const eta = theta[i]! - theta[j]!
    // log σ(η) = log of the likelier outcome's probability, less η where the other one happened.
    total += eta > 0 ? -down * eta : up * eta
    const likelier = p > q ? p : q
    const slot = votes | 0
    if (slot === votes && slot < FEW) {
      let grown = product[slot]! * likelier
      if (grown < SMALL) {
        total += slot * Math.log(grown)
        grown = 1
      }
      product[slot] = grown
    } else total += votes * Math.log(likelier)
    if (out) {
      out.eta[c] = up - votes * p
      out.etaEta[c] = votes * p * q
    }
  }
  for (let slot = 1; slot < FEW; slot++) total += slot * Math.log(product[slot]!)
  return total
}
