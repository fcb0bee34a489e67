import { describe, expect, test } from 'vitest'
import { numpyRandom } from '../../test/mt19937.ts'
import {
  hasSharedData,
  largestDifference,
  needsSharedData,
  type Reference,
  reference,
  sharedLabels,
} from '../../test/shared-data.ts'
import {
  dawidSkene,
  glad,
  kos,
  type Labels,
  mace,
  majorityVote,
  oneCoin,
  wawa,
  zeroBasedSkill,
} from '../index.ts'

interface EmReference {
  posterior: number[][]
  prior: number[]
  loglik: number[]
  skill: number[]
  confusion_w_obs_true: number[][][]
}

interface Weighted {
  skill: number[]
  proba: number[][]
}

function expectWorkers(labels: Labels, ref: Reference, found: Float64Array | undefined, expected: number[]) {
  ref.workers.forEach((worker, index) => {
    expect(found?.[labels.workers.indexOf(worker)]).toBeCloseTo(expected[index] as number, 9)
  })
}

describe.skipIf(!hasSharedData)(`agreement with reference numbers${needsSharedData}`, () => {
  for (const name of ['bluebird', 'rte', 'snow_wsd', 'dog', 'cf', 'gal_toy5x5']) {
    const load = () => ({ ref: reference(name), labels: sharedLabels(name, 'first') })

    test.each([1, 10, 100])(`${name}: Dawid-Skene and one-coin after %i iterations`, (iterations) => {
      const { ref, labels } = load()
      const expected = ref[`ds_${iterations}`] as EmReference
      const fixed = { maxIterations: iterations, tolerance: -1 }
      const found = dawidSkene(labels, { ...fixed, smoothing: 0, normalise: 'used' })
      expect(largestDifference(labels, found.posteriors, ref, expected.posterior)).toBeLessThan(1e-9)
      expected.prior.forEach((share, k) => {
        expect(found.prior[k]).toBeCloseTo(share, 9)
      })
      expected.loglik.forEach((value, i) => {
        expect(found.logLikelihood[i]).toBeCloseTo(value, 6)
      })
      const K = ref.classes.length
      const confusion = found.workers.confusion as Float64Array
      ref.workers.forEach((worker, index) => {
        const w = labels.workers.indexOf(worker)
        for (let k = 0; k < K; k++)
          for (let l = 0; l < K; l++) {
            const value = expected.confusion_w_obs_true[index]?.[l]?.[k] as number
            expect(Math.abs((confusion[(w * K + k) * K + l] as number) - value)).toBeLessThan(1e-9)
          }
      })

      const expectedCoin = ref[`onecoin_${iterations}`] as EmReference
      const coin = oneCoin(labels, fixed)
      expect(largestDifference(labels, coin.posteriors, ref, expectedCoin.posterior)).toBeLessThan(1e-9)
      expectWorkers(labels, ref, coin.workers.skill, expectedCoin.skill)
      expectedCoin.loglik.forEach((value, i) => {
        expect(coin.logLikelihood[i]).toBeCloseTo(value, 6)
      })
    })

    test(`${name}: majority shares, Wawa, zero-based skill`, () => {
      const { ref, labels } = load()
      const majority = majorityVote(labels).posteriors
      expect(largestDifference(labels, majority, ref, ref.majority_share)).toBeLessThan(1e-12)
      const expectedWawa = ref.wawa_crowdkit as Weighted
      const foundWawa = wawa(labels, { ties: 'first' })
      expect(largestDifference(labels, foundWawa.posteriors, ref, expectedWawa.proba)).toBeLessThan(1e-12)
      expectWorkers(labels, ref, foundWawa.workers.skill, expectedWawa.skill)
      const expectedZbs = ref.zbs_crowdkit as Weighted
      const foundZbs = zeroBasedSkill(labels, { ties: 'first' })
      expect(largestDifference(labels, foundZbs.posteriors, ref, expectedZbs.proba)).toBeLessThan(1e-12)
      expectWorkers(labels, ref, foundZbs.workers.skill, expectedZbs.skill)
    })

    test(`${name}: MACE from the reference's own random start`, () => {
      const { ref, labels } = load()
      const expected = ref.mace_crowdkit_vb50_sorted as { posterior: number[][]; spamming: number[][] }
      const K = ref.classes.length
      // The reference numbered the classes in the order in which its rows first named them.
      const order = name === 'cf' ? [1, 2, 3, 0, 4] : Array.from({ length: K }, (_, k) => K - 1 - k)
      const drawn = numpyRows(ref, labels, K)
      const habit = drawn.slice()
      drawn.forEach((value, i) => {
        habit[i - (i % K) + (order[i % K] as number)] = value
      })
      const start = { spamming: numpyRows(ref, labels, 2), habit }
      const found = mace(labels, { start, maxIterations: 50 })
      expect(largestDifference(labels, found.posteriors, ref, expected.posterior)).toBeLessThan(1e-6)
    })

    test(`${name}: GLAD gives the labels of its (unconverged) reference wherever that is decided`, () => {
      const { ref, labels } = load()
      const expected = ref.glad_crowdkit as { posterior: number[][] }
      const found = glad(labels)
      ref.tasks.forEach((task, i) => {
        const row = expected.posterior[i] as number[]
        const [first = 0, second = 0] = row.toSorted((a, b) => b - a)
        // The reference stopped after 2 to 10 steps: what it holds for nearly even may still tip.
        if (first - second < 0.05) return
        expect(found.labels[labels.tasks.indexOf(task)]).toBe(row.indexOf(first))
      })
    })
  }

  test.each(['bluebird', 'rte', 'gal_toy5x5'])('%s: KOS finds its reference labels', (name) => {
    const ref = reference(name)
    const labels = sharedLabels(name, 'first')
    const found = kos(labels)
    expect(ref.tasks.map((task) => labels.classes[found.labels[labels.tasks.indexOf(task)] ?? -1])).toEqual(
      ref.kos_labels_crowdkit_seed0,
    )
  })
})

/** Rows drawn as the reference drew them: uniform in 1 … 2.5 in its worker order, normalised; in our worker order. */
function numpyRows(ref: Reference, labels: Labels, width: number): Float64Array {
  const random = numpyRandom(0)
  const out = new Float64Array(ref.workers.length * width)
  for (const worker of ref.workers) {
    const drawn = Array.from({ length: width }, () => 1 + 1.5 * random())
    const total = drawn.reduce((sum, value) => sum + value, 0)
    const row = labels.workers.indexOf(worker) * width
    drawn.forEach((value, c) => {
      out[row + c] = value / total
    })
  }
  return out
}
