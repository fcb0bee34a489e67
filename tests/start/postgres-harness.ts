import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { pathsIn } from '../../apps/server/src/platform/embedded-postgres/paths.ts'
import {
  findPostmaster,
  stopPostmaster,
} from '../../apps/server/src/platform/embedded-postgres/postmaster.ts'

export type Report = {
  url: string
  adopted: boolean
  said: string[]
  problem?: { code: string; message: string }
}

/** A data folder of its own, and the processes started on it. */
export class DataFolder {
  readonly path: string
  readonly #processes: ChildProcess[] = []

  /** @param original a stopped folder to begin with a copy of, which saves making a new database */
  constructor(original?: DataFolder) {
    this.path = mkdtempSync(join(tmpdir(), 'groundwork-start-'))
    chmodSync(this.path, 0o711)
    if (original) execFileSync('cp', ['-a', join(original.path, 'postgres'), this.path])
  }

  get paths() {
    return pathsIn(join(this.path, 'postgres'))
  }

  /** Starts a process and waits until Postgres is up. */
  async start(dataFolder = this.path): Promise<Report & { process: ChildProcess }> {
    const report = await this.tryStart(dataFolder)
    if (report.problem) throw new Error(report.problem.message)
    return report
  }

  /** Starts a process and waits for what it reports: Postgres is up, or why not. */
  async tryStart(dataFolder = this.path): Promise<Report & { process: ChildProcess }> {
    const script = join(import.meta.dirname, 'postgres-process.ts')
    const child = spawn(process.execPath, [script, dataFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#processes.push(child)
    for await (const line of createInterface({ input: child.stdout })) {
      return { ...(JSON.parse(line) as Report), process: child }
    }
    throw new Error('the process ended without a word')
  }

  /** The process number of the Postgres that runs here, whoever started it. */
  postmaster(): number | undefined {
    return findPostmaster(this.paths)?.pid
  }

  async remove() {
    for (const child of this.#processes) await end(child, 'SIGKILL')
    const left = this.postmaster()
    if (left !== undefined) await stopPostmaster(left, this.paths)
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  const [code] = await ended
  return typeof code === 'number' ? code : null
}

export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Asks until the answer is not undefined; the test's own time limit ends it otherwise. */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  while (true) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await delay(20)
  }
}
