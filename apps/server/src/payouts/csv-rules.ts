/** First characters at which spreadsheets take a text for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** A text as a cell of a CSV file: quoted where needed, and never a formula. */
export function textCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /["',\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A number, or a decimal string of the ledger, as it is: a minus there is a sign and not a formula. */
export function numberCell(value: number | string): string {
  const written = String(value)
  return /^-?\d+(\.\d+)?$/.test(written) ? written : textCell(written)
}
