import { checkArchitecture } from './check.ts'

const { filesRead, violations, warnings } = checkArchitecture(process.argv[2] ?? '.')
for (const warning of warnings) console.log(`warning: ${warning}`)
for (const { rule, reason, path, line, what } of violations) {
  console.log(`${path}:${line}  ${what}\n  ${rule}: ${reason}`)
}
console.log(`${filesRead} files, ${violations.length} violations, ${warnings.length} warnings`)
process.exitCode = violations.length > 0 ? 1 : 0
