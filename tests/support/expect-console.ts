import { format } from 'node:util'
import { afterEach } from 'vitest'

type Method = 'error' | 'warn'

const METHODS: readonly Method[] = ['error', 'warn']
let written: { method: Method; text: string }[] = []
let expected: { method: Method; pattern: RegExp }[] = []

/**
 * Says that the running test makes the console print a line that matches. Without it any `console.error` or
 * `console.warn` fails the test, and so does an expected line that never comes.
 */
export function expectConsole(method: Method, pattern: RegExp) {
  expected.push({ method, pattern })
}

/** Called by the set-up file of every test file. */
export function watchConsole() {
  for (const method of METHODS) {
    console[method] = (...parts: unknown[]) => {
      written.push({ method, text: format(...parts) })
    }
  }
  afterEach(() => {
    const unexpected = written.filter((line) => !expected.some((entry) => matches(entry, line)))
    const missing = expected.filter((entry) => !written.some((line) => matches(entry, line)))
    written = []
    expected = []
    const problems = [
      ...unexpected.map(({ method, text }) => `unexpected console.${method}: ${text}`),
      ...missing.map(
        ({ method, pattern }) => `expected console.${method} matching ${pattern}, which never came`,
      ),
    ]
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
}

function matches(
  entry: { method: Method; pattern: RegExp },
  line: { method: Method; text: string },
): boolean {
  return entry.method === line.method && entry.pattern.test(line.text)
}
