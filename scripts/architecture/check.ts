import { longFiles, rules } from './rules.ts'
import { readSources } from './source-file.ts'

export type Violation = { rule: string; reason: string; path: string; line: number; what: string }

/**
 * Checks every source file below the root against the rules of the house.
 * @throws Error when it read no files: a checker that looks in the wrong place must not pass.
 */
export function checkArchitecture(root: string): {
  filesRead: number
  violations: Violation[]
  warnings: string[]
} {
  const files = readSources(root)
  if (files.length === 0) throw new Error(`The architecture check read no files below ${root}.`)
  const violations = rules.flatMap(({ name, reason, check }) =>
    files.flatMap((file) =>
      check(file).map((finding) => ({ rule: name, reason, path: file.path, ...finding })),
    ),
  )
  const warnings = longFiles(files).map(({ path, lines }) => `${path}: ${lines} lines`)
  return { filesRead: files.length, violations, warnings }
}
