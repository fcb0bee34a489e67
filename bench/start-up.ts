import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const PATIENCE_MS = 180_000

/** `npm start` until the first page is served: on an empty data folder (database, migrations, demo), and again on the same one. */
export async function benchStartUp(): Promise<void> {
  console.log('Start-up: from `npm start` to the first page')
  const dataFolder = await mkdtemp(join(tmpdir(), 'groundwork-bench-'))
  try {
    for (const which of ['empty data folder', 'warm']) {
      console.log(`  ${which.padEnd(20)}${(await startOnce(dataFolder)).toFixed(1)} s`)
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function startOnce(dataFolder: string): Promise<number> {
  const port = await freePort()
  const start = performance.now()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), GROUNDWORK_DATA: dataFolder, LOG_LEVEL: 'error' },
    stdio: 'ignore',
  })
  await once(child, 'spawn')
  let over = false
  const exit = once(child, 'exit').then(() => {
    over = true
  })
  try {
    while (!over && performance.now() - start < PATIENCE_MS) {
      const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
      if (page?.ok) return (performance.now() - start) / 1000
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(over ? 'The server ended before it served a page.' : 'No page came in three minutes.')
  } finally {
    child.kill('SIGTERM')
    await exit
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}
