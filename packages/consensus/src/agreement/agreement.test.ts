import { describe, expect, test } from 'vitest'
import { hasSharedData, needsSharedData, reference, sharedLabels } from '../../test/shared-data.ts'
import {
  agreement,
  cohenKappa,
  fleissKappa,
  gwetAc1,
  gwetAc2,
  krippendorffAlpha,
  labelsFromRows,
  scottPi,
} from '../index.ts'

/** Rows from a table of raters × items, '' for missing. */
function table(raters: string[][]) {
  return labelsFromRows(
    raters.flatMap((row, r) =>
      row.flatMap((label, t) => (label === '' ? [] : [{ worker: `r${r}`, task: `t${t}`, label }])),
    ),
  )
}

describe.skipIf(!hasSharedData)(`agreement on real sets${needsSharedData}`, () => {
  for (const name of ['bluebird', 'rte', 'snow_wsd', 'dog', 'cf', 'gal_toy5x5'])
    test(name, () => {
      const ref = reference(name)
      const labels = sharedLabels(name, 'first')
      const found = agreement(labels)
      expect(found.krippendorffAlpha.value).toBeCloseTo(ref.krippendorff_alpha_nominal as number, 9)
      expect(found.gwetAc1.value).toBeCloseTo(ref.gwet_ac1 as number, 9)
      if (ref.fleiss_kappa !== null)
        expect(found.fleissKappa.value).toBeCloseTo(ref.fleiss_kappa as number, 9)
      expect(found.krippendorffAlpha.low).toBeLessThan(found.krippendorffAlpha.value)
      expect(found.krippendorffAlpha.high).toBeGreaterThan(found.krippendorffAlpha.value)
    })
})

// The worked example of Hayes and Krippendorff's alpha: four observers, twelve units, missing values.
const kalpha = table([
  ['1', '2', '3', '3', '2', '1', '4', '1', '2', '', '', ''],
  ['1', '2', '3', '3', '2', '2', '4', '1', '2', '5', '', '3'],
  ['', '3', '3', '3', '2', '3', '4', '2', '2', '5', '1', ''],
  ['1', '2', '3', '3', '2', '4', '4', '1', '2', '5', '1', ''],
])

test.each([
  ['nominal', 0.743],
  ['ordinal', 0.815],
  ['interval', 0.849],
  ['ratio', 0.797],
] as const)("Krippendorff's alpha, %s, on the textbook example", (scale, expected) => {
  expect(krippendorffAlpha(kalpha, { scale }).value).toBeCloseTo(expected, 3)
})

test("Fleiss' kappa on Fleiss' own kind of table", () => {
  // 3 raters, 3 items: agreement 1, 1/3, 1/3; shares 4/9, 5/9 → p_a = 5/9, p_e = 41/81.
  const labels = table([
    ['a', 'a', 'b'],
    ['a', 'b', 'b'],
    ['a', 'b', 'b'],
  ])
  const pe = (5 / 9) ** 2 + (4 / 9) ** 2
  const pa = (1 + 1 / 3 + 1) / 3
  expect(fleissKappa(labels).value).toBeCloseTo((pa - pe) / (1 - pe), 12)
})

test("Cohen's kappa and Scott's pi by hand, and weighted agreement between identical people", () => {
  const first = [0, 0, 0, 1, 1, 0]
  const second = [0, 0, 1, 1, 0, 0]
  expect(cohenKappa(first, second, 2).value).toBeCloseTo((4 / 6 - 20 / 36) / (1 - 20 / 36), 12)
  expect(scottPi(first, second, 2).value).toBeCloseTo((4 / 6 - 20 / 36) / (1 - 20 / 36), 12)
  expect(cohenKappa([0, 1, 2, 2], [0, 1, 2, 2], 3, { weights: 'quadratic' }).value).toBe(1)
})

test('Gwet AC2 gives near misses credit, and AC1 equals AC2 with identity weights', () => {
  expect(gwetAc2(kalpha, { weights: 'quadratic' }).value).toBeGreaterThan(gwetAc1(kalpha).value)
  expect(gwetAc2(kalpha, { weights: 'identity' }).value).toBeCloseTo(gwetAc1(kalpha).value, 14)
  expect(gwetAc1(kalpha).value).toBeCloseTo(0.77544, 4)
})

test('agreement says who agrees and where', () => {
  const labels = table([
    ['a', 'a', 'b'],
    ['a', 'a', 'b'],
    ['b', 'a', 'a'],
  ])
  const found = agreement(labels)
  expect([...found.perTask]).toEqual([1 / 3, 1, 1 / 3])
  expect([...found.perWorker]).toEqual([4 / 6, 4 / 6, 2 / 6])
})
