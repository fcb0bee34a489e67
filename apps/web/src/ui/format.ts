/** Numbers, money, time and dates as the page's language writes them. Formatters are kept: making one costs far more than using it. */

type MoneyLike = { amount: string; currency: string }

const made = new Map<string, unknown>()
function keep<T>(key: string, make: (locale: string) => T): T {
  const locale = globalThis.document?.documentElement.lang || 'en'
  const id = `${locale}|${key}`
  const kept = made.get(id) as T | undefined
  if (kept !== undefined) return kept
  const formatter = make(locale)
  made.set(id, formatter)
  return formatter
}

/** `{amount:"1234.5",currency:"USD"}` → "$1,234.50"; exact, whatever the size of the amount. */
export function formatMoney({ amount, currency }: MoneyLike): string {
  const formatter = keep(
    `money ${currency}`,
    (locale) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  )
  return formatter.format(amount as `${number}`)
}

/** Like `formatMoney` with its sign always shown: "+$1.50", "−$4.20". */
export function formatSignedMoney({ amount, currency }: MoneyLike): string {
  const negative = amount.startsWith('-')
  return `${negative ? '−' : '+'}${formatMoney({ amount: amount.replace(/^-/, ''), currency })}`
}

/** Whole units for large sums in sentences: "$5,208"; below a hundred the cents are worth saying. */
export function formatRoundMoney({ amount, currency }: MoneyLike): string {
  const size = Math.abs(Number(amount))
  if (size > 0 && size < 100) return formatMoney({ amount, currency })
  const formatter = keep(
    `round ${currency}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        maximumFractionDigits: 0,
      }),
  )
  return formatter.format(amount as `${number}`)
}

/** 12345.678 → "12,345.7" (digits: most decimals; default 0). */
export function formatNumber(value: number, digits = 0): string {
  return keep(
    `number ${digits}`,
    (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
  ).format(value)
}

/** 0.614 → "61 %". */
export function formatPercent(share: number, digits = 0): string {
  return `${formatNumber(share * 100, digits)}\u00a0%`
}

/** 1536 → "1.5 KB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${formatNumber(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`
}

/** Clock form of a short time: 130_000 → "2:10", 3_900_000 → "1:05:00". */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** Hours and minutes in words: 35_460_000 → "9 h 51 min"; under a minute in seconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} min`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "3 minutes ago", "yesterday", "in 2 days"; show the exact time on hover (`<Time>` does both). */
export function formatRelative(at: string | Date, now: number = Date.now()): string {
  const left = (new Date(at).getTime() - now) / 1000
  // What was given 90 days a moment ago has three months left, not two.
  const seconds = left > 3_600 ? left + 60 : left
  const formatter = keep('relative', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return formatter.format(Math.trunc(seconds / size), unit)
  }
  return formatter.format(0, 'second')
}

/** "Sat, 21 Nov 2026, 16:12": the exact time. */
export function formatDateTime(at: string | Date): string {
  return keep(
    'datetime',
    (locale) =>
      new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      }),
  ).format(new Date(at))
}

/** "Sat 21 Nov". */
export function formatDay(at: string | Date): string {
  return keep(
    'day',
    (locale) =>
      new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
      }),
  )
    .format(new Date(at))
    .replace(',', '')
}

/** "KE" → "Kenya". */
export const formatCountry = (code: string): string =>
  keep('region', (locale) => new Intl.DisplayNames(locale, { type: 'region' })).of(code) ?? code

/** "pt-BR" → "Brazilian Portuguese". */
export const formatLanguage = (code: string): string =>
  keep('language', (locale) => new Intl.DisplayNames(locale, { type: 'language' })).of(code) ?? code
