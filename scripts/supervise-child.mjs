// Runs one program in the foreground of npm's: passes its end on, and ends it exactly once.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pinnedNode, root } from './ensure-installed.mjs'

const stopWithParent = fileURLToPath(new URL('stop-with-parent.mjs', import.meta.url))
/** A second Ctrl-C within this time is the same one: the terminal sends it to npm and to us, and npm passes it on. */
const SAME_SIGNAL_MS = 1_500

/**
 * Starts the pinned Node on a file and ends this process with the child's exit code.
 *
 * The child is kept out of the terminal's process group, so that Ctrl-C reaches it through here and only once. When this
 * process is killed outright, the child notices and shuts down as if it had got SIGTERM. Asked a second time, this
 * process stops waiting and kills it.
 */
export function runInForeground(parameters) {
  const child = spawn(pinnedNode, ['--import', stopWithParent, ...parameters], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  let firstSignalAt
  const stop = (signal) => {
    const now = Date.now()
    if (firstSignalAt === undefined) {
      firstSignalAt = now
      child.kill(signal)
    } else if (now - firstSignalAt > SAME_SIGNAL_MS) {
      console.error('Not waiting any longer.')
      child.kill('SIGKILL')
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => stop(signal === 'SIGHUP' ? 'SIGTERM' : signal))
  stopWhenNpmIsGone(() => firstSignalAt ?? stop('SIGTERM'))
  child.on('error', (error) => {
    console.error(`${pinnedNode} cannot be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}

/**
 * npm killed outright cannot pass that on. It stands above this process, with or without a shell between, so either this
 * process or that shell then has another parent.
 */
function stopWhenNpmIsGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return
  const before = ancestors()
  setInterval(() => {
    if (ancestors() !== before) stop()
  }, 500).unref()
}

function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    // Above npm itself is the user's shell, which may go while npm stays (nohup).
    if (!/sh$/.test(name)) return String(process.ppid)
    // After the name, which may hold anything, come the state and the parent.
    const [, grandparent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${process.ppid} ${grandparent}`
  } catch {
    return String(process.ppid)
  }
}
