import { expect, test } from 'vitest'
import { trueWage } from '../projects/index.ts'
import { forecastFinish, wilsonInterval } from './insight-rules.ts'

test.each([
  // Reference values of the Wilson score interval without continuity correction (Newcombe 1998, table I, method 3).
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('interval of %i in %i', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials)
  expect(interval?.low).toBeCloseTo(low, 4)
  expect(interval?.high).toBeCloseTo(high, 4)
})

test('no interval without trials; it never leaves 0 to 1', () => {
  expect(wilsonInterval(0, 0)).toBeNull()
  expect(wilsonInterval(5, 5)).toMatchObject({ share: 1, high: 1 })
  expect(wilsonInterval(0, 5)).toMatchObject({ share: 0, low: 0 })
})

const now = new Date('2026-03-10T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)

test('the forecast goes on at the pace of the last day, or since launch', () => {
  expect(forecastFinish({ now, launchedAt: hoursAgo(100), left: 50, recent: 100 })).toEqual(hoursAgo(-12))
  expect(forecastFinish({ now, launchedAt: hoursAgo(6), left: 50, recent: 100 })).toEqual(hoursAgo(-3))
})

test('there is no forecast without work left, without pace, before launch, or for another generation', () => {
  expect(forecastFinish({ now, launchedAt: hoursAgo(6), left: 0, recent: 100 })).toBeNull()
  expect(forecastFinish({ now, launchedAt: hoursAgo(6), left: 5, recent: 0 })).toBeNull()
  expect(forecastFinish({ now, launchedAt: null, left: 5, recent: 1 })).toBeNull()
  expect(forecastFinish({ now, launchedAt: hoursAgo(600), left: 1_000_000, recent: 1 })).toBeNull()
})

test('the true wage is rounded down to the minor unit, and unknown without time', () => {
  expect(trueWage(1_000_000n, 7_000n, 'USD')).toEqual({ amount: '514.28', currency: 'USD' })
  expect(trueWage(1_000_000n, 7_000n, 'JPY')).toEqual({ amount: '514', currency: 'JPY' })
  expect(trueWage(0n, 1n, 'USD')).toEqual({ amount: '0.00', currency: 'USD' })
  expect(trueWage(1n, 0n, 'USD')).toBeNull()
})
