import { expect, test } from 'vitest'
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatMoney,
  formatPercent,
  formatRelative,
  formatRoundMoney,
  formatSignedMoney,
} from './format.ts'

test('money is exact and carries the decimals of its currency', () => {
  expect(formatMoney({ amount: '1234.5', currency: 'USD' })).toBe('$1,234.50')
  expect(formatMoney({ amount: '90071992547409.93', currency: 'USD' })).toBe('$90,071,992,547,409.93')
  expect(formatMoney({ amount: '74.697652', currency: 'USD' })).toBe('$74.70')
  expect(formatMoney({ amount: '1200', currency: 'JPY' })).toBe('¥1,200')
  expect(formatRoundMoney({ amount: '5208.40', currency: 'USD' })).toBe('$5,208')
  expect(formatSignedMoney({ amount: '1.50', currency: 'USD' })).toBe('+$1.50')
  expect(formatSignedMoney({ amount: '-4.20', currency: 'USD' })).toBe('−$4.20')
})

test('times', () => {
  expect(formatClock(130_000)).toBe('2:10')
  expect(formatClock(3_900_000)).toBe('1:05:00')
  expect(formatDuration(35_460_000)).toBe('9 h 51 min')
  expect(formatDuration(7_200_000)).toBe('2 h')
  expect(formatDuration(42_000)).toBe('42 s')
  const now = Date.parse('2026-11-21T12:00:00Z')
  expect(formatRelative('2026-11-21T11:57:00Z', now)).toBe('3 minutes ago')
  expect(formatRelative('2026-11-20T11:00:00Z', now)).toBe('yesterday')
  expect(formatRelative('2026-11-24T12:00:00Z', now)).toBe('in 3 days')
  expect(formatRelative('2026-11-24T11:59:30Z', now)).toBe('in 3 days')
})

test('shares and sizes', () => {
  expect(formatPercent(0.614)).toBe('61\u00a0%')
  expect(formatBytes(1_536)).toBe('1.5 KB')
  expect(formatBytes(900)).toBe('900 B')
})
