import type { Project } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { aboutWhen, isOutOfFunds } from './status.ts'

const now = new Date(2026, 10, 22, 9, 0).getTime()

test('a moment as people say it', () => {
  const at = (day: number, hour = 12) => new Date(2026, 10, day, hour, 20).toISOString()
  expect(aboutWhen(at(22, 16), now)).toBe('16:20')
  expect(aboutWhen(at(23), now)).toBe('tomorrow')
  expect(aboutWhen(at(26), now)).toBe('Thursday')
  expect(aboutWhen(new Date(2026, 11, 8).toISOString(), now)).toBe('8 December')
})

test('out of funds is what cannot pay the next open slot', () => {
  const project = (free: string, open: number, state = 'live') =>
    ({
      state,
      pay: { perJudgment: { amount: '1.50', currency: 'USD' } },
      progress: { slots: { open }, money: { free: { amount: free, currency: 'USD' } } },
    }) as Project
  expect(isOutOfFunds(project('1.49', 5))).toBe(true)
  expect(isOutOfFunds(project('1.50', 5))).toBe(false)
  expect(isOutOfFunds(project('0.00', 0))).toBe(false)
  expect(isOutOfFunds(project('0.00', 5, 'paused'))).toBe(false)
})
