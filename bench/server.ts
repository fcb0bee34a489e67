import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const program = new URL('../apps/server/src/tasks/testing/server-process.ts', import.meta.url)

export type Server = {
  url: string
  pid: number | undefined
  /** Most memory that it has had at once, in MiB; undefined where the system does not say. */
  peakMemory: () => Promise<number | undefined>
  /** Looks at its children from now on. @returns ends that, and says how much memory one of them has had at most, in MiB */
  watchChildren: () => () => number
  stop: () => Promise<void>
}

/** A server in a process of its own, as `npm start` runs it but without background work, on a database that stands already. */
export async function startServer(databaseUrl: string, poolSize: number): Promise<Server> {
  const child = spawn(process.execPath, [fileURLToPath(program), databaseUrl, String(poolSize)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child, 'spawn')
  const [address] = (await once(child.stdout, 'data')) as [Buffer]
  child.stdout.resume()
  return {
    url: address.toString().trim(),
    pid: child.pid,
    peakMemory: () => peakMemory(child.pid),
    watchChildren: () => watchChildren(child.pid),
    stop: async () => {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

async function peakMemory(pid: number | string | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024)
}

const LOOK_EVERY_MS = 50

function watchChildren(pid: number | undefined): () => number {
  let most = 0
  const timer = setInterval(async () => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    for (const child of children.split(' ').filter(Boolean))
      most = Math.max(most, (await peakMemory(child)) ?? 0)
  }, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    return most
  }
}
