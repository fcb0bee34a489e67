import { evaluateItemsOnly } from './items-only.ts'

/** How ties enter: half a win each, Davidson's model (1970) or Rao and Kupper's (1967). */
export type TieModel = 'half' | 'davidson' | 'rao-kupper'

/**
 * A weighted pair-comparison likelihood. Cell c compares items first[c] and second[c] with
 * η = θ_first − θ_second + Σ extra features, and holds weights of wins, losses (of the first) and ties.
 * Parameters: items, then extras; the tie parameter, if any, is the last.
 */
export interface PairProblem {
  readonly items: number
  readonly parameters: number
  readonly first: Int32Array
  readonly second: Int32Array
  readonly win: Float64Array
  readonly loss: Float64Array
  readonly tie: Float64Array
  readonly ties: TieModel
  /** Extra features of η per cell (CSR), or undefined. */
  readonly extra:
    | { readonly start: Int32Array; readonly index: Int32Array; readonly value: Float64Array }
    | undefined
  /** Precision of the normal prior (mean 0) of each parameter. */
  readonly ridge: Float64Array
}

/** First and second derivatives of each cell's log likelihood by η and the tie parameter. */
export interface Derivatives {
  readonly eta: Float64Array
  readonly etaEta: Float64Array
  readonly tie: Float64Array
  readonly etaTie: Float64Array
  readonly tieTie: Float64Array
}

export function newDerivatives(cells: number, ties: TieModel): Derivatives {
  const more = ties === 'half' ? 0 : cells
  return {
    eta: new Float64Array(cells),
    etaEta: new Float64Array(cells),
    tie: new Float64Array(more),
    etaTie: new Float64Array(more),
    tieTie: new Float64Array(more),
  }
}

/** η of one cell. */
export function etaOf(problem: PairProblem, theta: Float64Array, c: number): number {
  let eta = theta[problem.first[c]!]! - theta[problem.second[c]!]!
  const { extra } = problem
  if (extra)
    for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++)
      eta += extra.value[e]! * theta[extra.index[e]!]!
  return eta
}

/** Log likelihood with the ridge penalty; fills the derivatives (of minus the second: positive) where asked for. */
export function evaluate(problem: PairProblem, theta: Float64Array, out?: Derivatives): number {
  const { ties, win, loss, tie, ridge, parameters } = problem
  const cells = win.length
  const quick = ties === 'half' && !problem.extra ? evaluateItemsOnly(problem, theta, out) : undefined
  if (quick !== undefined) return quick
  const tieParameter = ties === 'half' ? 0 : theta[parameters - 1]!
  let total = 0
  for (let c = 0; c < cells; c++) {
    const eta = etaOf(problem, theta, c)
    const w = win[c]!
    const l = loss[c]!
    const d = tie[c]!
    if (ties === 'half') {
      const up = w + d / 2
      const down = l + d / 2
      // log σ(η) and log σ(−η) from one exponential.
      const small = Math.exp(-Math.abs(eta))
      const rest = Math.log1p(small)
      total -= eta > 0 ? up * rest + down * (eta + rest) : up * (rest - eta) + down * rest
      if (out) {
        const p = eta > 0 ? 1 / (1 + small) : small / (1 + small)
        out.eta[c] = up - (up + down) * p
        out.etaEta[c] = (up + down) * p * (1 - p)
      }
    } else if (ties === 'davidson') total += davidson(eta, tieParameter, w, l, d, c, out)
    else total += raoKupper(eta, tieParameter, w, l, d, c, out)
  }
  for (let i = 0; i < parameters; i++) total -= (ridge[i]! * theta[i]! * theta[i]!) / 2
  return total
}

/** P(win) : P(loss) : P(tie) = e^{η/2} : e^{−η/2} : e^{τ}. */
function davidson(
  eta: number,
  tau: number,
  w: number,
  l: number,
  d: number,
  c: number,
  out: Derivatives | undefined,
): number {
  const top = Math.max(eta / 2, -eta / 2, tau)
  const a = Math.exp(eta / 2 - top)
  const b = Math.exp(-eta / 2 - top)
  const t = Math.exp(tau - top)
  const sum = a + b + t
  const n = w + l + d
  if (out) {
    const pa = a / sum
    const pb = b / sum
    const pt = t / sum
    const mean = (pa - pb) / 2
    out.eta[c] = (w - l) / 2 - n * mean
    out.etaEta[c] = n * ((pa + pb) / 4 - mean * mean)
    out.tie[c] = d - n * pt
    out.etaTie[c] = -n * mean * pt
    out.tieTie[c] = n * pt * (1 - pt)
  }
  return (w * eta) / 2 - (l * eta) / 2 + d * tau - n * (top + Math.log(sum))
}

/** P(win) = σ(η − κ), P(loss) = σ(−η − κ), the rest ties; κ > 0 is the threshold below which nobody sees a difference. */
function raoKupper(
  eta: number,
  kappa: number,
  w: number,
  l: number,
  d: number,
  c: number,
  out: Derivatives | undefined,
): number {
  if (kappa <= 0) return Number.NEGATIVE_INFINITY
  const p = 1 / (1 + Math.exp(kappa - eta))
  const q = 1 / (1 + Math.exp(kappa + eta))
  // P(tie) = p·q·(e^{2κ} − 1); its logarithm splits, and so do its derivatives.
  const gap = Math.expm1(2 * kappa)
  if (out) {
    out.eta[c] = w * (1 - p) - l * (1 - q) + d * (q - p)
    const vp = p * (1 - p)
    const vq = q * (1 - q)
    out.etaEta[c] = (w + d) * vp + (l + d) * vq
    const slope = (2 * (gap + 1)) / gap
    out.tie[c] = -(w + d) * (1 - p) - (l + d) * (1 - q) + d * slope
    out.etaTie[c] = -(w + d) * vp + (l + d) * vq
    out.tieTie[c] = (w + d) * vp + (l + d) * vq + (d * 4 * (gap + 1)) / (gap * gap)
  }
  return (w + d) * Math.log(p) + (l + d) * Math.log(q) + (d > 0 ? d * Math.log(gap) : 0)
}

/** Gradient of the penalised log likelihood from the derivatives. */
export function gradientOf(
  problem: PairProblem,
  theta: Float64Array,
  derivatives: Derivatives,
  out: Float64Array,
): void {
  const { first, second, extra, ridge, parameters, ties } = problem
  for (let i = 0; i < parameters; i++) out[i] = -ridge[i]! * theta[i]!
  for (let c = 0; c < first.length; c++) {
    const g = derivatives.eta[c]!
    out[first[c]!] = out[first[c]!]! + g
    out[second[c]!] = out[second[c]!]! - g
    if (extra)
      for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++) out[extra.index[e]!]! += g * extra.value[e]!
    if (ties !== 'half') out[parameters - 1]! += derivatives.tie[c]!
  }
}

/** Product of the information matrix (minus the Hessian, ridge included) with a vector. */
export function informationTimes(
  problem: PairProblem,
  derivatives: Derivatives,
  vector: Float64Array,
  out: Float64Array,
): void {
  const { first, second, extra, ridge, parameters, ties } = problem
  for (let i = 0; i < parameters; i++) out[i] = ridge[i]! * vector[i]!
  const { etaEta, etaTie, tieTie } = derivatives
  const tau = ties === 'half' ? 0 : vector[parameters - 1]!
  for (let c = 0; c < first.length; c++) {
    const i = first[c]!
    const j = second[c]!
    let along = vector[i]! - vector[j]!
    if (extra)
      for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++)
        along += extra.value[e]! * vector[extra.index[e]!]!
    let push = etaEta[c]! * along
    if (ties !== 'half') {
      push += etaTie[c]! * tau
      out[parameters - 1] = out[parameters - 1]! + etaTie[c]! * along + tieTie[c]! * tau
    }
    out[i] = out[i]! + push
    out[j] = out[j]! - push
    if (extra)
      for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++)
        out[extra.index[e]!]! += push * extra.value[e]!
  }
}

/** Diagonal of the information matrix. */
export function informationDiagonal(problem: PairProblem, derivatives: Derivatives, out: Float64Array): void {
  const { first, second, extra, ridge, parameters, ties } = problem
  for (let i = 0; i < parameters; i++) out[i] = ridge[i]!
  for (let c = 0; c < first.length; c++) {
    const h = derivatives.etaEta[c]!
    out[first[c]!] = out[first[c]!]! + h
    out[second[c]!] = out[second[c]!]! + h
    if (extra)
      for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++)
        out[extra.index[e]!]! += h * extra.value[e]! * extra.value[e]!
    if (ties !== 'half') out[parameters - 1]! += derivatives.tieTie[c]!
  }
}
