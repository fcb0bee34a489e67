/** Sums and comparisons for charts only: amounts as numbers. What is shown stays the exact decimal of the server. */
export function amountOf(list: readonly { amount: string; currency: string }[], currency: string): number {
  return Number(list.find((each) => each.currency === currency)?.amount ?? 0)
}
