import { type Currency, currencyExponents, type Money, presentMoney } from '@groundwork/contract'

const MS_PER_HOUR = 3_600_000n

/**
 * What an hour of active time really paid: pay divided by all active time, rounded down to the minor unit. Null before any time
 * was spent.
 * @param pay micro-units
 */
export function trueWage(pay: bigint, activeMs: bigint, currency: Currency): Money | null {
  if (activeMs <= 0n) return null
  const minor = 10n ** BigInt(6 - currencyExponents[currency])
  return presentMoney(((pay * MS_PER_HOUR) / activeMs / minor) * minor, currency)
}
