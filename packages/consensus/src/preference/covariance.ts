import {
  cholesky,
  type DenseSpace,
  denseSpace,
  inverseDiagonal,
  inverseFromCholesky,
  sandwichDiagonal,
} from '../math/dense.ts'
import type { Derivatives, PairProblem } from './pair-model.ts'

/** Above this many parameters the dense matrices of the intervals are not worth their memory. */
export const MOST_DENSE = 3000

/** Room for the matrices of `inverseInformation`, and of `sandwichVariance` after it. */
export function covarianceSpace(problem: PairProblem, which: 'full' | 'diagonal'): DenseSpace {
  return denseSpace(problem.parameters, which === 'full' ? 4 : 2)
}

/**
 * Inverse of the information matrix with each connected part's scores held to sum zero, in full or its diagonal only;
 * undefined if it cannot be had.
 */
export function inverseInformation(
  space: DenseSpace,
  problem: PairProblem,
  derivatives: Derivatives,
  part: Int32Array,
  parts: number,
  which: 'full' | 'diagonal',
): Float64Array | undefined {
  const { parameters: n, items } = problem
  const matrix = informationMatrix(space, problem, derivatives)
  const sizes = new Int32Array(parts)
  for (let i = 0; i < items; i++) sizes[part[i]!]!++
  let scale = 0
  for (let i = 0; i < items; i++) scale += matrix[i * n + i]! / items
  if (!(scale > 0)) return undefined
  // Adding s·11ᵀ/m on each part makes the matrix regular; taking 11ᵀ/(s·m) away afterwards gives the pseudo-inverse.
  const free = new Uint8Array(items)
  for (let i = 0; i < items; i++) free[i] = problem.ridge[i] === 0 ? 1 : 0
  const members: number[][] = Array.from({ length: parts }, () => [])
  for (let i = 0; i < items; i++) if (free[i]) members[part[i]!]!.push(i)
  const shift = (target: Float64Array, amount: (size: number) => number) => {
    for (const list of members) {
      const more = amount(list.length)
      for (const i of list)
        for (let m = 0; m < list.length; m++) {
          const at = i * n + list[m]!
          target[at] = target[at]! + more
        }
    }
  }
  shift(matrix, (size) => scale / size)
  if (!cholesky(space, matrix)) return undefined
  if (which === 'diagonal') {
    const diagonal = inverseDiagonal(space, matrix)
    for (const list of members) for (const i of list) diagonal[i]! -= 1 / (scale * list.length)
    return diagonal
  }
  const inverse = inverseFromCholesky(space, matrix)
  shift(inverse, (size) => -1 / (scale * size))
  return inverse
}

function informationMatrix(space: DenseSpace, problem: PairProblem, derivatives: Derivatives): Float64Array {
  const { parameters: n, ties, ridge } = problem
  const matrix = space.take()
  const { etaEta, etaTie, tieTie } = derivatives
  if (!problem.extra && ties === 'half') {
    addPairs(matrix, n, problem, etaEta)
    for (let i = 0; i < n; i++) matrix[i * n + i]! += ridge[i]!
    return matrix
  }
  eachCell(problem, (c, index, value, count) => {
    addOuter(matrix, n, index, value, count, etaEta[c]!)
    if (ties === 'half') return
    const last = n - 1
    for (let a = 0; a < count; a++) {
      matrix[index[a]! * n + last]! += etaTie[c]! * value[a]!
      matrix[last * n + index[a]!]! += etaTie[c]! * value[a]!
    }
    matrix[last * n + last]! += tieTie[c]!
  })
  for (let i = 0; i < n; i++) matrix[i * n + i]! += ridge[i]!
  return matrix
}

/** The commonest case by itself: cells with two features, +1 and −1. */
function addPairs(matrix: Float64Array, n: number, problem: PairProblem, weight: Float64Array): void {
  const { first, second } = problem
  const diagonal = new Float64Array(n)
  for (let c = 0; c < first.length; c++) {
    const i = first[c]!
    const j = second[c]!
    const w = weight[c]!
    diagonal[i] = diagonal[i]! + w
    diagonal[j] = diagonal[j]! + w
    const above = i * n + j
    const below = j * n + i
    matrix[above] = matrix[above]! - w
    matrix[below] = matrix[below]! - w
  }
  for (let i = 0; i < n; i++) matrix[i * n + i] = matrix[i * n + i]! + diagonal[i]!
}

/** Calls with each cell's features of η: items first (+1) and second (−1), then the extras. */
function eachCell(
  problem: PairProblem,
  use: (c: number, index: Int32Array, value: Float64Array, count: number) => void,
): void {
  const { first, second, extra } = problem
  let most = 2
  if (extra)
    for (let c = 0; c < first.length; c++) most = Math.max(most, 2 + extra.start[c + 1]! - extra.start[c]!)
  const index = new Int32Array(most)
  const value = new Float64Array(most)
  for (let c = 0; c < first.length; c++) {
    index[0] = first[c]!
    value[0] = 1
    index[1] = second[c]!
    value[1] = -1
    let count = 2
    if (extra)
      for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++) {
        index[count] = extra.index[e]!
        value[count++] = extra.value[e]!
      }
    use(c, index, value, count)
  }
}

function addOuter(
  matrix: Float64Array,
  n: number,
  index: Int32Array,
  value: Float64Array,
  count: number,
  weight: number,
): void {
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) matrix[index[a]! * n + index[b]!]! += weight * value[a]! * value[b]!
}

/** Score of one vote at a cell: by η and by the tie parameter, for each of the three outcomes. */
export type VoteScores = (cell: number, outcome: number) => readonly [eta: number, tie: number]

/**
 * Diagonal of the sandwich H⁻¹·(Σ g gᵀ)·H⁻¹ (Huber 1967; White 1982), g summed within clusters when votes have them.
 */
export function sandwichVariance(
  space: DenseSpace,
  problem: PairProblem,
  inverse: Float64Array,
  votes: {
    readonly cell: Int32Array
    readonly outcome: Uint8Array
    readonly cluster?: Int32Array | undefined
  },
  scores: VoteScores,
  derivatives: Derivatives,
): Float64Array {
  const meat = space.take()
  if (votes.cluster) clusterMeat(problem, meat, votes, votes.cluster, scores)
  else independentMeat(problem, meat, scores, derivatives)
  return sandwichDiagonal(space, inverse, meat)
}

function independentMeat(
  problem: PairProblem,
  meat: Float64Array,
  scores: VoteScores,
  { eta }: Derivatives,
): void {
  const { parameters: n, ties, win, loss, tie } = problem
  const last = n - 1
  const weights = [win, loss, tie]
  if (!problem.extra && ties === 'half') {
    const squares = new Float64Array(win.length)
    for (let c = 0; c < win.length; c++) {
      // The derivative is wins − votes · p, ties counted by halves; a tie's own score is ½ − p.
      const p = (win[c]! + tie[c]! / 2 - eta[c]!) / (win[c]! + loss[c]! + tie[c]!)
      const q = 0.5 - p
      squares[c] = win[c]! * (1 - p) * (1 - p) + loss[c]! * p * p + tie[c]! * q * q
    }
    addPairs(meat, n, problem, squares)
    return
  }
  eachCell(problem, (c, index, value, count) => {
    let square = 0
    for (let outcome = 0; outcome < 3; outcome++) {
      const weight = weights[outcome]![c]!
      if (weight === 0) continue
      const [g, t] = scores(c, outcome)
      square += weight * g * g
      if (ties === 'half') continue
      for (let a = 0; a < count; a++) {
        meat[index[a]! * n + last]! += weight * g * t * value[a]!
        meat[last * n + index[a]!]! += weight * g * t * value[a]!
      }
      meat[last * n + last]! += weight * t * t
    }
    addOuter(meat, n, index, value, count, square)
  })
}

function clusterMeat(
  problem: PairProblem,
  meat: Float64Array,
  votes: { readonly cell: Int32Array; readonly outcome: Uint8Array },
  cluster: Int32Array,
  scores: VoteScores,
): void {
  const { parameters: n, first, second, extra, ties } = problem
  const order = Int32Array.from({ length: cluster.length }, (_, i) => i).sort(
    (a, b) => cluster[a]! - cluster[b]!,
  )
  const sum = new Float64Array(n)
  const touched: number[] = []
  const mark = new Uint8Array(n)
  const add = (i: number, amount: number) => {
    sum[i]! += amount
    if (!mark[i]) {
      mark[i] = 1
      touched.push(i)
    }
  }
  for (let at = 0; at < order.length; ) {
    const id = cluster[order[at]!]!
    for (; at < order.length && cluster[order[at]!] === id; at++) {
      const r = order[at]!
      const c = votes.cell[r]!
      const [g, t] = scores(c, votes.outcome[r]!)
      add(first[c]!, g)
      add(second[c]!, -g)
      if (extra)
        for (let e = extra.start[c]!; e < extra.start[c + 1]!; e++) add(extra.index[e]!, g * extra.value[e]!)
      if (ties !== 'half') add(n - 1, t)
    }
    for (const i of touched) for (const j of touched) meat[i * n + j]! += sum[i]! * sum[j]!
    for (const i of touched) {
      sum[i] = 0
      mark[i] = 0
    }
    touched.length = 0
  }
}
