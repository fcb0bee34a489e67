import { ApiError, OfflineError } from '@groundwork/client'
import { Command } from 'commander'
import { addAggregate } from './commands/aggregate.ts'
import { addAgreement } from './commands/agreement.ts'
import { addConvert } from './commands/convert.ts'
import { addExport } from './commands/export.ts'
import { addFund } from './commands/fund.ts'
import { addImport } from './commands/import.ts'
import { addProject } from './commands/project.ts'
import { addResults } from './commands/results.ts'
import { addSimulate } from './commands/simulate.ts'
import { addStatus } from './commands/status.ts'
import { addVerify } from './commands/verify.ts'
import { serverUrl, UsageError } from './environment.ts'

const program = new Command('groundwork')
  .description('Human feedback from the command line: projects, tasks, results and training files.')
  .option('--json', 'print one JSON value instead of text', false)
  .showHelpAfterError()
  .addHelpText(
    'after',
    '\nThe server is $GROUNDWORK_URL (default http://127.0.0.1:4100), the key $GROUNDWORK_API_KEY.',
  )

for (const add of [
  addProject,
  addFund,
  addImport,
  addStatus,
  addResults,
  addExport,
  addVerify,
  addSimulate,
  addAggregate,
  addAgreement,
  addConvert,
])
  add(program)

/** What went wrong, in one or a few lines; a defect of our own keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof ApiError) {
    const more = error.issues.slice(1, 10).map((issue) => `\n  ${issue.path}: ${issue.message}`)
    return `${error.message} (${error.code})${more.join('')}`
  }
  if (error instanceof OfflineError)
    return `No answer from ${serverUrl()}. Is it running there (\`npm start\`), and is GROUNDWORK_URL right?`
  if (error instanceof UsageError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error)
    return `There is no file ${error.path}.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

// Whoever reads the output may have seen enough, as `head` has: an end like any other.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (program.opts<{ json: boolean }>().json) {
    const code = error instanceof ApiError ? error.code : 'failed'
    process.stdout.write(`${JSON.stringify({ error: { code, message: explain(error) } })}\n`)
  } else process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}
