/** A text as a text field holds it: every line end is `\n` (HTML, "API value"); all other characters stay, U+2028 too. */
export const asShown = (text: string): string => text.replace(/\r\n?/g, '\n')

/** The line end that a text has most often; `\n` when it has none. */
export function usualLineEnd(text: string): string {
  const count = new Map<string, number>()
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) count.set(end, (count.get(end) ?? 0) + 1)
  return [...count].sort((one, other) => other[1] - one[1])[0]?.[0] ?? '\n'
}

/**
 * The text that a field shows as `shown`, as near to `exact` as can be: what was not touched keeps its line ends byte for byte, what is
 * new between the untouched beginning and end gets `lineEnd`. So a text that nobody touched stays what it was, and so does the rest of
 * one where a word was changed.
 */
export function withShown(exact: string, shown: string, lineEnd: string): string {
  if (!exact.includes('\r') && lineEnd === '\n') return shown
  // Positions in `exact` (e) and in `shown` (s): what stands before the first and after the second is the same.
  let [e, s] = [0, 0]
  while (e < exact.length && s < shown.length && shownAt(exact, e) === shown[s]) {
    e += unitAt(exact, e)
    s += 1
  }
  let [toE, toS] = [exact.length, shown.length]
  while (toE > e && toS > s) {
    const unit = exact[toE - 1] === '\n' && exact[toE - 2] === '\r' && toE - 2 >= e ? 2 : 1
    if (shownAt(exact, toE - unit) !== shown[toS - 1]) break
    toE -= unit
    toS -= 1
  }
  const middle = () => shown.slice(s, toS).replaceAll('\n', lineEnd)
  // A lone \r before a \n would melt into one line end: then the \r becomes new too, and gets the usual end.
  while (e > 0 && exact[e - 1] === '\r' && (middle() + exact.slice(toE, toE + 1)).startsWith('\n')) {
    e -= 1
    s -= 1
  }
  while (toE < exact.length && exact[toE] === '\n' && middle().endsWith('\r')) {
    toE += 1
    toS += 1
  }
  return exact.slice(0, e) + middle() + exact.slice(toE)
}

const unitAt = (text: string, at: number) => (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1)
const shownAt = (text: string, at: number) => (text[at] === '\r' ? '\n' : text[at])
