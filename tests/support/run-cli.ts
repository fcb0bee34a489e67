import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../apps/cli/bin/groundwork.mjs', import.meta.url))

export type CliResult = { code: number; stdout: string; stderr: string }

/** Runs `groundwork ...args` as a user's shell would, against a server. */
export function runCli(args: string[], environment: { url: string; apiKey: string }): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      env: {
        ...process.env,
        GROUNDWORK_URL: environment.url,
        GROUNDWORK_API_KEY: environment.apiKey,
        NODE_OPTIONS: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
  })
}

/** The same with `--json`, its answer parsed; throws with what the command said when it failed. */
export async function runCliJson<T>(
  args: string[],
  environment: { url: string; apiKey: string },
): Promise<T> {
  const result = await runCli(['--json', ...args], environment)
  if (result.code !== 0)
    throw new Error(
      `groundwork ${args.join(' ')} ended with ${result.code}\n${result.stdout}\n${result.stderr}`,
    )
  return JSON.parse(result.stdout) as T
}
