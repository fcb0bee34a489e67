import { expect, test } from 'vitest'
import { formatMinutes, microsOf, missingMoney, parseMinutes, priceOf, stillToFund } from './pricing.ts'

const usd = (amount: string) => ({ amount, currency: 'USD' as const })

test('a price is pay for one judgment times all judgments, rounded up for the trainer', () => {
  expect(priceOf({ currency: 'USD', hourly: '30.00', estimateSeconds: 180 }, 600, 3)).toEqual({
    perJudgment: usd('1.50'),
    judgments: 1800,
    total: usd('2700.00'),
    hours: 90,
  })
  expect(priceOf({ currency: 'USD', hourly: '20', estimateSeconds: 100 }, 1, 1)?.perJudgment).toEqual(
    usd('0.56'),
  )
  expect(priceOf({ currency: 'JPY', hourly: '3000', estimateSeconds: 100 }, 2, 1)?.total.amount).toBe('168')
})

test('no price for figures that cannot be', () => {
  expect(priceOf({ currency: 'USD', hourly: '', estimateSeconds: 180 }, 1, 1)).toBeNull()
  expect(priceOf({ currency: 'USD', hourly: '0', estimateSeconds: 180 }, 1, 1)).toBeNull()
  expect(priceOf({ currency: 'USD', hourly: '30', estimateSeconds: 4 }, 1, 1)).toBeNull()
  expect(microsOf('1.5', 'JPY')).toBeNull()
  expect(microsOf('-1', 'USD')).toBeNull()
})

test('missing money never goes below zero', () => {
  expect(missingMoney(10, usd('1.50'), usd('4.00'))).toEqual(usd('11.00'))
  expect(missingMoney(1, usd('1.50'), usd('4.00'))).toEqual(usd('0.00'))
  expect(stillToFund(usd('10.00'), usd('2.50'))).toEqual(usd('7.50'))
})

test('minutes as people write them', () => {
  expect([parseMinutes('6:30'), parseMinutes('6'), parseMinutes('1.5'), parseMinutes('0:45')]).toEqual([
    390, 360, 90, 45,
  ])
  expect([parseMinutes(''), parseMinutes('6:75'), parseMinutes('soon')]).toEqual([null, null, null])
  expect(formatMinutes(390)).toBe('6:30')
})
