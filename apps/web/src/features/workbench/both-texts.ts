/** Two versions of a text, one after the other; the lines that both begin with stand there once. */
export function bothTexts(one: string, other: string): string {
  if (one.startsWith(other)) return one
  if (other.startsWith(one)) return other
  const [first, second] = [one.split('\n'), other.split('\n')]
  const differs = second.findIndex((line, index) => line !== first[index])
  return `${one}\n${second.slice(differs).join('\n')}`
}
