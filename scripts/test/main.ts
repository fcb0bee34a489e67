import { ensureChromium } from './chromium.ts'
import { check, type Outcome, vitest } from './step.ts'

const SKIPPED: Outcome = { passed: 0, failed: 0, skipped: 1, details: '' }

/** Everything that CI checks, in the order in which it is cheapest to learn of a failure. */
const steps: { name: string; run: () => Promise<Outcome> }[] = [
  {
    name: 'format and lint',
    run: () => check(['check', '--error-on-warnings', '.'], 'node_modules/.bin/biome'),
  },
  { name: 'types: server, cli, packages', run: () => types('tsconfig.node.json') },
  { name: 'types: consensus', run: () => types('packages/consensus') },
  { name: 'types: web', run: () => types('apps/web') },
  { name: 'architecture', run: () => check(['scripts/architecture/main.ts']) },
  { name: 'unit, integration and property tests', run: () => vitest(['unit', 'server']) },
  { name: 'web build', run: () => check(['scripts/build-web.mjs']) },
  { name: 'browser tests', run: browserTests },
]

function types(project: string): Promise<Outcome> {
  return check(['-p', project, '--noEmit'], 'node_modules/.bin/tsc')
}

async function browserTests(): Promise<Outcome> {
  if (process.env.GROUNDWORK_TEST_BROWSER === '0') return SKIPPED
  const missing = ensureChromium()
  return missing ? { passed: 0, failed: 1, skipped: 0, details: missing } : vitest(['e2e'])
}

let passed = 0
let failed = 0
for (const { name, run } of steps) {
  const startedAt = performance.now()
  const outcome = await run()
  passed += outcome.passed
  failed += outcome.failed
  console.log(summary(name, outcome, (performance.now() - startedAt) / 1000))
  if (outcome.details) console.log(`\n${outcome.details.trimEnd()}\n`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function summary(name: string, outcome: Outcome, seconds: number): string {
  const mark = outcome.failed > 0 ? '✗' : '✓'
  const counts = [
    outcome.passed + outcome.failed > 1 ? `${outcome.passed} passed, ${outcome.failed} failed` : '',
    outcome.skipped > 0 ? `${outcome.skipped} skipped` : '',
  ].filter(Boolean)
  return `${mark} ${name.padEnd(38)} ${seconds.toFixed(1).padStart(6)} s  ${counts.join(', ')}`.trimEnd()
}
