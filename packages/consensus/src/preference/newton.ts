import {
  type Derivatives,
  evaluate,
  gradientOf,
  informationDiagonal,
  informationTimes,
  newDerivatives,
  type PairProblem,
} from './pair-model.ts'

export interface PairFit {
  readonly theta: Float64Array
  /** Derivatives per cell at the solution. */
  readonly derivatives: Derivatives
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Maximises the penalised likelihood by Newton's method; each step is solved by conjugate gradients with a diagonal
 * preconditioner (no matrix is formed, so it is fast for many items), and halved until the likelihood rises.
 * Converged: no parameter would move by more than `tolerance` in the next step.
 */
export function maximise(
  problem: PairProblem,
  start: Float64Array,
  maxIterations = 100,
  tolerance = 1e-9,
): PairFit {
  const { parameters } = problem
  const cells = problem.first.length
  const theta = start.slice()
  let derivatives = newDerivatives(cells, problem.ties)
  let spare = newDerivatives(cells, problem.ties)
  const gradient = new Float64Array(parameters)
  const step = new Float64Array(parameters)
  const trial = new Float64Array(parameters)
  let value = evaluate(problem, theta, derivatives)
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    iterations++
    gradientOf(problem, theta, derivatives, gradient)
    solve(problem, derivatives, gradient, step)
    let size = 1
    let next = Number.NEGATIVE_INFINITY
    for (let halving = 0; halving < 40; halving++) {
      for (let i = 0; i < parameters; i++) trial[i] = theta[i]! + size * step[i]!
      next = evaluate(problem, trial, spare)
      if (next >= value - 1e-12 * Math.abs(value)) break
      size /= 2
    }
    let moved = 0
    for (let i = 0; i < parameters; i++) moved = Math.max(moved, Math.abs(trial[i]! - theta[i]!))
    if (!(next >= value - 1e-12 * Math.abs(value))) {
      converged = moved < 1e-6
      break
    }
    theta.set(trial)
    value = next
    const held = derivatives
    derivatives = spare
    spare = held
    // Newton squares the error: after a full step of √tolerance / 10 the next would move less than the tolerance.
    converged = moved <= tolerance || (size === 1 && moved * moved * 100 <= tolerance)
  }
  return { theta, derivatives, logLikelihood: value, iterations, converged }
}

/** Solves information · x = gradient by preconditioned conjugate gradients. */
function solve(
  problem: PairProblem,
  derivatives: Derivatives,
  gradient: Float64Array,
  x: Float64Array,
): void {
  const { parameters } = problem
  const diagonal = new Float64Array(parameters)
  informationDiagonal(problem, derivatives, diagonal)
  const residual = gradient.slice()
  const direction = new Float64Array(parameters)
  const product = new Float64Array(parameters)
  x.fill(0)
  let rho = 0
  for (let i = 0; i < parameters; i++) {
    const z = residual[i]! / (diagonal[i]! || 1)
    direction[i] = z
    rho += residual[i]! * z
  }
  // Loose far from the solution, tight near it (Eisenstat and Walker's idea): the last steps are exact.
  const goal = rho * Math.min(1e-3, Math.max(rho, 1e-18))
  for (let iteration = 0; iteration < 4 * parameters + 20 && rho > goal && rho > 1e-30; iteration++) {
    informationTimes(problem, derivatives, direction, product)
    let curvature = 0
    for (let i = 0; i < parameters; i++) curvature += direction[i]! * product[i]!
    if (!(curvature > 0)) break
    const alpha = rho / curvature
    let next = 0
    for (let i = 0; i < parameters; i++) {
      x[i]! += alpha * direction[i]!
      residual[i]! -= alpha * product[i]!
      next += (residual[i]! * residual[i]!) / (diagonal[i]! || 1)
    }
    const beta = next / rho
    for (let i = 0; i < parameters; i++)
      direction[i] = residual[i]! / (diagonal[i]! || 1) + beta * direction[i]!
    rho = next
  }
}
