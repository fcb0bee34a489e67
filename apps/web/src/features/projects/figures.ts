/** A share, probability or mean with two decimals, so that a column of them lines up: 0.7 → "0.70". */
export function formatShare(value: number): string {
  const locale = globalThis.document?.documentElement.lang || 'en'
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    // No "-0.00".
    signDisplay: 'negative',
  }).format(value)
}
