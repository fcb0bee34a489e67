import { digamma } from '../math/special.ts'

/**
 * The crowd's shared idea of a confusion matrix, from which each worker departs: rows A_w = α·m_w with
 * m_wkl ∝ P_kl·exp(u_w·[l = k]), u_w ~ N(0, τ²) a worker's skill against the crowd. One `update` is the hierarchical M-step:
 * it learns P, u, τ and α from expected counts by the table trick (expected number of tables, as in hierarchical Dirichlet
 * models) and writes E log P(label | truth) per worker.
 */
export class CrowdPrior {
  readonly #workers: number
  readonly #classes: number
  /** P(label | truth) of the crowd, truth × label. */
  readonly crowd: Float64Array
  /** Skill of each worker against the crowd, on the log-odds scale. */
  readonly skill: Float64Array
  /** How far workers' skills spread. */
  variance = 1
  /** How much evidence the crowd is worth against a worker's own counts. */
  strength = 8
  readonly #tables: Float64Array
  readonly #rowTables: Float64Array
  readonly #rowTotals: Float64Array

  /** `counts` (workers × label × truth) give the first idea of the crowd. */
  constructor(workers: number, classes: number, counts: Float64Array) {
    this.#workers = workers
    this.#classes = classes
    this.skill = new Float64Array(workers)
    this.crowd = new Float64Array(classes * classes)
    this.#tables = new Float64Array(classes * classes)
    this.#rowTables = new Float64Array(workers * classes)
    this.#rowTotals = new Float64Array(workers * classes)
    for (let w = 0; w < workers; w++)
      for (let l = 0; l < classes; l++)
        for (let k = 0; k < classes; k++)
          this.crowd[k * classes + l]! += counts[(w * classes + l) * classes + k]!
    for (let k = 0; k < classes; k++) {
      let total = 0
      for (let l = 0; l < classes; l++) {
        this.crowd[k * classes + l]! += 2 / classes + (l === k ? 5 : 0)
        total += this.crowd[k * classes + l]!
      }
      for (let l = 0; l < classes; l++) this.crowd[k * classes + l]! /= total
    }
  }

  /** The prior mean m_wkl of one cell. */
  mean(w: number, k: number, l: number): number {
    const p = this.crowd[k * this.#classes + l]!
    const diagonal = this.crowd[k * this.#classes + k]!
    const boost = Math.exp(this.skill[w]!)
    return (l === k ? p * boost : p) / (1 + diagonal * (boost - 1))
  }

  /** One hierarchical M-step from expected counts; then `table` holds E log P(label | truth). */
  update(counts: Float64Array, table: Float64Array): void {
    const workers = this.#workers
    const classes = this.#classes
    const { crowd, skill } = this
    const tables = this.#tables.fill(0)
    const rowTables = this.#rowTables.fill(0)
    const rowTotals = this.#rowTotals.fill(0)
    const denominators = new Float64Array(classes * classes)
    let alphaUp = 0
    let alphaDown = 0
    const alpha = this.strength
    const digammaAlpha = digamma(alpha)
    const own = new Float64Array(classes)
    let squares = 0
    for (let w = 0; w < workers; w++) {
      for (let k = 0; k < classes; k++) {
        let rowTotal = 0
        let rowSum = 0
        own[k] = 0
        for (let l = 0; l < classes; l++) {
          const n = counts[(w * classes + l) * classes + k]!
          if (n <= 0) continue
          rowTotal += n
          const m = this.mean(w, k, l)
          const a = alpha * m
          const gain = digamma(a + n) - digamma(a)
          const t = a * gain
          rowSum += t
          tables[k * classes + l]! += t
          if (l === k) own[k] = t
          alphaUp += m * gain
        }
        rowTotals[w * classes + k] = rowTotal
        rowTables[w * classes + k] = rowSum
        if (rowTotal > 0) alphaDown += digamma(rowTotal + alpha) - digammaAlpha
      }
      for (let step = 0; step < 2; step++) {
        let slope = -skill[w]! / this.variance
        let bend = 1 / this.variance
        const boost = Math.exp(skill[w]!)
        for (let k = 0; k < classes; k++) {
          const p = crowd[k * classes + k]!
          const s = (p * boost) / (1 + p * (boost - 1))
          slope += own[k]! - rowTables[w * classes + k]! * s
          bend += rowTables[w * classes + k]! * s * (1 - s)
        }
        skill[w] = Math.min(Math.max(skill[w]! + Math.min(Math.max(slope / bend, -1.5), 1.5), -8), 8)
      }
      squares += skill[w]! * skill[w]!
      const boost = Math.exp(skill[w]!)
      for (let k = 0; k < classes; k++) {
        const z = 1 + crowd[k * classes + k]! * (boost - 1)
        const share = rowTables[w * classes + k]! / z
        for (let l = 0; l < classes; l++) denominators[k * classes + l]! += l === k ? share * boost : share
      }
    }
    for (let k = 0; k < classes; k++) {
      let total = 0
      for (let l = 0; l < classes; l++) {
        const cell = k * classes + l
        crowd[cell] = (tables[cell]! + 2 / classes + (l === k ? 5 : 0)) / (denominators[cell]! + 7)
        total += crowd[cell]!
      }
      for (let l = 0; l < classes; l++) crowd[k * classes + l]! /= total
    }
    const spread = Math.sqrt((squares + 1) / (workers + 1) + 0.1)
    this.variance = Math.min(Math.max(spread, 0.2), 2) ** 2
    this.strength = Math.min(Math.max((alpha * (alphaUp + 1 / alpha)) / (alphaDown + 0.05), 0.5), 300)
    this.#writeTable(counts, table)
  }

  #writeTable(counts: Float64Array, table: Float64Array): void {
    const classes = this.#classes
    const alpha = this.strength
    for (let w = 0; w < this.#workers; w++)
      for (let k = 0; k < classes; k++) {
        const all = digamma(this.#rowTotals[w * classes + k]! + alpha)
        for (let l = 0; l < classes; l++) {
          const cell = (w * classes + l) * classes + k
          table[cell] = digamma(alpha * this.mean(w, k, l) + counts[cell]!) - all
        }
      }
  }

  /** Posterior mean confusion matrices, workers × truth × label. */
  confusion(counts: Float64Array): Float64Array {
    const classes = this.#classes
    const out = new Float64Array(this.#workers * classes * classes)
    for (let w = 0; w < this.#workers; w++)
      for (let k = 0; k < classes; k++) {
        let total = this.strength
        for (let l = 0; l < classes; l++) total += counts[(w * classes + l) * classes + k]!
        for (let l = 0; l < classes; l++)
          out[(w * classes + k) * classes + l] =
            (this.strength * this.mean(w, k, l) + counts[(w * classes + l) * classes + k]!) / total
      }
    return out
  }
}
