/**
 * Goes through a JSON text that is known to be valid, for what a parser does not tell: which key stands twice in one object, and where a value stands.
 */
export type Scan = {
  /** A key that its object has already had. */
  onTwice?(key: string): void
  /** An object has been passed: the keys that lead to it (`*` for an element of a list), and where it starts and ends. */
  onObject?(path: readonly string[], start: number, end: number): void
}

/** @param source valid JSON, not nested deeper than the stack allows */
export function scanJson(source: string, { onTwice, onObject }: Scan): void {
  const path: string[] = []
  let at = 0

  function space(): void {
    while (source[at] === ' ' || source[at] === '\n' || source[at] === '\r' || source[at] === '\t') at++
  }
  /** Passes a string, and gives its raw text with its quotes. */
  function text(): string {
    const start = at
    for (;;) {
      at = source.indexOf('"', at + 1)
      let escapes = 0
      while (source[at - 1 - escapes] === '\\') escapes++
      if (at === -1 || escapes % 2 === 0) break
    }
    at = at === -1 ? source.length : at + 1
    return source.slice(start, at)
  }
  function value(): void {
    space()
    const first = source[at]
    if (first === '"') text()
    else if (first === '{') object()
    else if (first === '[') list()
    else while (at < source.length && !/[,\]}\s]/.test(source[at] ?? '')) at++
    space()
  }
  function list(): void {
    path.push('*')
    do {
      at++
      space()
      if (source[at] === ']') break
      value()
    } while (source[at] === ',')
    at++
    path.pop()
  }
  function object(): void {
    const start = at
    const keys = new Set<string>()
    do {
      at++
      space()
      if (source[at] === '}') break
      const raw = text()
      const key: string = raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1)
      if (keys.has(key)) onTwice?.(key)
      keys.add(key)
      space()
      at++
      path.push(key)
      value()
      path.pop()
    } while (source[at] === ',')
    at++
    onObject?.(path, start, at)
  }
  value()
}

/** A JSON text without space around its values. Numbers stay as they are written, which a parser would not keep: `1.0` is not `1`. */
export function compactJson(source: string): string {
  return source.replace(/"(?:[^"\\]+|\\.)*"|\s+/g, (token) => {
    if (!token.startsWith('"')) return ''
    return token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token
  })
}
