import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from './paths.ts'
import { stopPostmaster } from './postmaster.ts'
import { inspectProcess } from './process-info.ts'

export type Supervision = {
  /** Ends the supervision and shuts Postgres down. May be called more than once. */
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 500
const LONGEST_PAUSE_MS = 30_000

/**
 * Starts Postgres again when its main process ends without having been asked to, for example for want of memory. A
 * taken-over Postgres is not a child of this process and has no exit event, so every Postgres is simply looked at.
 */
export function supervise(options: {
  pid: number
  start: () => Promise<number>
  paths: Paths
  log: { error(message: string): void; info(message: string): void }
}): Supervision {
  const { start, paths, log } = options
  let pid = options.pid
  const ending = new AbortController()

  const watch = async () => {
    let pause = 0
    while (await pausedFor(pause || LOOK_EVERY_MS)) {
      if (inspectProcess(pid)) {
        pause = 0
        continue
      }
      log.error(
        `Postgres (process ${pid}) ended unexpectedly and is started again. Its logs are in ${paths.logFolder}`,
      )
      try {
        pid = await start()
        log.info('Postgres is back')
      } catch (error) {
        log.error(error instanceof Error ? error.message : String(error))
        pause = Math.min(Math.max(pause * 2, 1000), LONGEST_PAUSE_MS)
      }
    }
  }

  /** False when the supervision ended during the pause. */
  const pausedFor = (ms: number) => delay(ms, true, { signal: ending.signal, ref: false }).catch(() => false)

  const watching = watch()
  let stopped: Promise<void> | undefined
  return {
    stop() {
      stopped ??= (async () => {
        ending.abort()
        await watching
        await stopPostmaster(pid, paths)
      })()
      return stopped
    },
  }
}
