import { expect, test } from 'vitest'
import {
  cholesky,
  type DenseSpace,
  denseSpace,
  inverseDiagonal,
  inverseFromCholesky,
  sandwichDiagonal,
} from './dense.ts'
import { gaussian, seededRandom } from './random.ts'
import {
  betaCdf,
  betaQuantile,
  digamma,
  logGamma,
  normalCdf,
  normalQuantile,
  studentQuantile,
  trigamma,
} from './special.ts'

const EULER = 0.5772156649015329

test('digamma, trigamma and log gamma at known points', () => {
  expect(digamma(1)).toBeCloseTo(-EULER, 12)
  expect(digamma(0.5)).toBeCloseTo(-EULER - 2 * Math.log(2), 12)
  expect(digamma(0.01)).toBeCloseTo(-100.5608854578687, 10)
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 12)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12)
  expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 11)
  for (const x of [0.3, 2.7, 8.9, 9.1, 40]) expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 12)
})

test('normal, beta and t', () => {
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12)
  expect(normalCdf(-8)).toBeCloseTo(6.220960574271785e-16, 27)
  for (const p of [1e-8, 0.01, 0.3, 0.5, 0.9, 0.9999]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12)
  expect(betaCdf(0.3, 2, 5)).toBeCloseTo(0.579825, 6)
  expect(betaCdf(betaQuantile(0.2, 3.5, 0.7), 3.5, 0.7)).toBeCloseTo(0.2, 10)
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.2281388519649385, 8)
  expect(studentQuantile(0.05, 3)).toBeCloseTo(-2.3533634348018264, 8)
})

// From 100 rows on with vector instructions.
test.each([1, 3, 4, 7, 30, 32, 33, 67, 70, 99, 100, 103, 121])(
  'dense algebra, %i rows: factor, inverse, sandwich',
  (n) => {
    const random = seededRandom(n)
    const root = Float64Array.from({ length: n * n }, () => gaussian(random))
    const product = (a: Float64Array, b: Float64Array) => {
      const out = new Float64Array(n * n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          for (let k = 0; k < n; k++)
            out[i * n + j] = (out[i * n + j] as number) + (a[i * n + k] as number) * (b[k * n + j] as number)
      return out
    }
    const transposed = root.map((_, at) => root[(at % n) * n + Math.floor(at / n)] as number)
    const a = product(root, transposed)
    for (let i = 0; i < n; i++) a[i * n + i] = (a[i * n + i] as number) + 1
    const space = denseSpace(n, 6)
    const copied = (matrix: Float64Array, into: DenseSpace = space) => {
      const copy = into.take()
      copy.set(matrix)
      return copy
    }
    const factor = copied(a)
    expect(cholesky(space, factor)).toBe(true)
    const inverse = inverseFromCholesky(space, factor)
    product(a, inverse).forEach((value, at) => {
      expect(value).toBeCloseTo(at % (n + 1) === 0 ? 1 : 0, 8)
    })
    inverseDiagonal(space, factor).forEach((value, i) => {
      expect(value).toBeCloseTo(inverse[i * n + i] as number, 10)
    })
    const direct = product(product(inverse, a), inverse)
    sandwichDiagonal(space, inverse, copied(a)).forEach((value, i) => {
      expect(value).toBeCloseTo(direct[i * n + i] as number, 8)
    })
    const two = denseSpace(2, 1)
    expect(cholesky(two, copied(Float64Array.of(1, 2, 2, 1), two))).toBe(false)
  },
)
