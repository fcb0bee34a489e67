import { z } from 'zod'

/**
 * Minor-unit exponents of ISO 4217: how many decimals an amount of this currency may have.
 * Only these currencies can be used; adding one is adding a line.
 */
export const currencyExponents = {
  AED: 2,
  ARS: 2,
  AUD: 2,
  BHD: 3,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CLP: 0,
  CNY: 2,
  COP: 2,
  CZK: 2,
  DKK: 2,
  EGP: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  HUF: 2,
  IDR: 2,
  ILS: 2,
  INR: 2,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KES: 2,
  KRW: 0,
  KWD: 3,
  MAD: 2,
  MXN: 2,
  MYR: 2,
  NGN: 2,
  NOK: 2,
  NZD: 2,
  PEN: 2,
  PHP: 2,
  PKR: 2,
  PLN: 2,
  RON: 2,
  SAR: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TND: 3,
  TRY: 2,
  TWD: 2,
  UAH: 2,
  UGX: 0,
  USD: 2,
  UYU: 2,
  VND: 0,
  XAF: 0,
  XOF: 0,
  ZAR: 2,
} as const

export type Currency = keyof typeof currencyExponents

/** Micro-units in one major unit: the ledger's integers are millionths of a dollar, euro, yen. */
export const MICROS = 1_000_000n

export const currency = z.enum(Object.keys(currencyExponents) as [Currency, ...Currency[]])

const decimal = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'Write a plain decimal such as "12.34".')

/** An amount of money in JSON: a decimal string with its currency, never a JS number. */
export const money = z.strictObject({ amount: decimal, currency })
export type Money = z.infer<typeof money>

/** The same, allowed to be negative; only in answers of the server. */
export const signedMoney = z.strictObject({ amount: z.string().regex(/^-?\d+(\.\d+)?$/), currency })

/** A decimal string such as "30.00". */
export const decimalAmount = decimal

/**
 * "12.34" → 12340000n.
 * @throws RangeError when the amount has more decimals than the currency knows.
 */
export function toMicros(amount: string, currency: Currency): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > currencyExponents[currency]) {
    throw new RangeError(
      `${currency} has ${currencyExponents[currency]} decimals, but ${amount} has ${significant.length}.`,
    )
  }
  return BigInt(whole) * MICROS + BigInt(significant.padEnd(6, '0') || '0')
}

/** 12340000n → "12.34": at least the currency's decimals, more only when the amount needs them. */
export function fromMicros(micros: bigint, currency: Currency): string {
  const sign = micros < 0n ? '-' : ''
  const absolute = micros < 0n ? -micros : micros
  const fraction = (absolute % MICROS).toString().padStart(6, '0')
  const decimals = Math.max(currencyExponents[currency], fraction.replace(/0+$/, '').length)
  const whole = (absolute / MICROS).toString()
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction.slice(0, decimals)}`
}

/** Micro-units and currency as the JSON money of the API. */
export function presentMoney(micros: bigint, currency: Currency): Money {
  return { amount: fromMicros(micros, currency), currency }
}

/**
 * Pay for one judgment: the promised hourly rate times the estimated seconds, rounded up to the currency's minor unit so that
 * rounding never takes from the trainer.
 * @param hourlyMicros promised rate an hour in micro-units
 */
export function payPerJudgment(hourlyMicros: bigint, estimateSeconds: number, currency: Currency): bigint {
  const minor = 10n ** BigInt(6 - currencyExponents[currency])
  const exact = hourlyMicros * BigInt(estimateSeconds)
  const unit = 3600n * minor
  return ((exact + unit - 1n) / unit) * minor
}
