import {
  type Currency,
  currencyExponents,
  type Money,
  payPerJudgment,
  presentMoney,
  toMicros,
} from '@groundwork/contract'

export type PayDraft = { currency: Currency; hourly: string; estimateSeconds: number }
export type Price = {
  perJudgment: Money
  judgments: number
  total: Money
  /** Hours of judging in all, by the estimate. */
  hours: number
}

const MIN_SECONDS = 5
const MAX_SECONDS = 6 * 3600

/** What so many tasks cost; null while the pay is not a usable figure. */
export function priceOf(pay: PayDraft, tasks: number, overlap: number): Price | null {
  const hourly = microsOf(pay.hourly, pay.currency)
  if (hourly === null || hourly <= 0n || !isEstimate(pay.estimateSeconds)) return null
  const perJudgment = payPerJudgment(hourly, pay.estimateSeconds, pay.currency)
  const judgments = tasks * overlap
  return {
    perJudgment: presentMoney(perJudgment, pay.currency),
    judgments,
    total: presentMoney(perJudgment * BigInt(judgments), pay.currency),
    hours: (judgments * pay.estimateSeconds) / 3600,
  }
}

export const isEstimate = (seconds: number) =>
  Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS

/** "42.5" → micro-units; null for anything that is no amount of the currency. */
export function microsOf(amount: string, currency: Currency): bigint | null {
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(amount.trim())) return null
  try {
    return toMicros(amount.trim(), currency)
  } catch {
    return null
  }
}

/** What is still missing to pay for all open slots, after the money that is free; zero when there is enough. */
export function missingMoney(open: number, perJudgment: Money, free: Money): Money {
  const { currency } = perJudgment
  const missing = toMicros(perJudgment.amount, currency) * BigInt(open) - toMicros(free.amount, currency)
  return presentMoney(missing > 0n ? missing : 0n, currency)
}

/** What a price still lacks after what was funded. */
export function stillToFund(total: Money, funded: Money): Money {
  if (total.currency !== funded.currency) return total
  return missingMoney(1, total, funded)
}

export const isZero = (money: Money) => toMicros(money.amount, money.currency) === 0n

/** "6:30" or "6.5" minutes → 390 seconds; null when it is no time. */
export function parseMinutes(text: string): number | null {
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(text.trim())
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const plain = text.trim().replace(',', '.')
  return /^\d{1,3}(\.\d{1,3})?$/.test(plain) ? Math.round(Number(plain) * 60) : null
}

/** 390 → "6:30". */
export function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const currencies = Object.keys(currencyExponents) as Currency[]
