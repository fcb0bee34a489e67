/** Deeper parts of a value are left out; no question nests them to be read. */
const DEEPEST = 4

/**
 * The value of a question as lines of plain text, to tell two versions apart; whatever its type.
 * @param nameOf the name of a response by its id; null for what is none
 */
export function answerText(value: unknown, nameOf: (id: string) => string | null, depth = 0): string {
  if (value === undefined || value === null || depth > DEEPEST) return ''
  if (typeof value === 'string') return nameOf(value) ?? value
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value))
    return value
      .map((each) => answerText(each, nameOf, depth + 1).replaceAll('\n', ', '))
      .filter(Boolean)
      .join('\n')
  return Object.entries(value)
    .map(([key, each]) => [nameOf(key) ?? key.replaceAll('_', ' '), answerText(each, nameOf, depth + 1)])
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key}: ${text}`)
    .join('\n')
}
