import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

/** What a step counted. A step that has no tests of its own counts as one. */
export type Outcome = { passed: number; failed: number; skipped: number; details: string }

/** Runs a program of this checkout under this Node and keeps what it prints. */
export async function run(
  parameters: string[],
  program = process.execPath,
): Promise<{ ok: boolean; printed: string }> {
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
      NO_COLOR: process.stdout.isTTY ? '' : '1',
    },
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      chunks.push(Buffer.from(String(error)))
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
  return { ok, printed: Buffer.concat(chunks).toString() }
}

/** A step that is one check: its exit code decides. */
export async function check(parameters: string[], program?: string): Promise<Outcome> {
  const { ok, printed } = await run(parameters, program)
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, details: ok ? '' : printed }
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** A step of Vitest projects: counts tests, and everything that broke outside of a test as one more failure each. */
export async function vitest(projects: string[]): Promise<Outcome> {
  const reportFile = `.cache/vitest-${projects.join('-')}.json`
  rmSync(reportFile, { force: true })
  const { ok, printed } = await run([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--passWithNoTests',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ])
  const report = readReport(reportFile)
  if (!report) return { passed: 0, failed: ok ? 0 : 1, skipped: 0, details: ok ? '' : printed }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + brokenFiles
  return {
    passed: report.numPassedTests,
    // A broken set-up or an error between tests fails the run without failing a test.
    failed: ok ? failed : Math.max(failed, 1),
    skipped: report.numPendingTests + report.numTodoTests,
    details: ok && failed === 0 ? '' : printed,
  }
}

function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
