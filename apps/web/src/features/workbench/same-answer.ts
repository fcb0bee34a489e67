/** Whether two values say the same as JSON, whatever the order of their keys: the server does not keep it. */
export function sameAnswer(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [mine, theirs] = [given(one), given(other)]
  return (
    mine.length === theirs.length &&
    mine.every(([key, value]) => sameAnswer(value, (other as Record<string, unknown>)[key]))
  )
}

const given = (value: object) => Object.entries(value).filter(([, each]) => each !== undefined)
