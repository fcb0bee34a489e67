import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * What can be seen of a live process. `cwd` is undefined where the system does not show it; outside Linux the whole
 * command line is one argument.
 */
export type ProcessInfo = { pid: number; arguments: string[]; cwd: string | undefined }

/**
 * Looks at a process, and returns undefined when there is none or only a zombie is left of it: a zombie answers
 * `kill(pid, 0)` for as long as its parent does not wait for it, but holds no files, memory or ports any more.
 */
export function inspectProcess(pid: number): ProcessInfo | undefined {
  return process.platform === 'linux' ? inspectByProc(pid) : inspectByPs(pid)
}

function inspectByProc(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything, so the state is what follows the last of them.
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
    if (state === 'Z' || state === 'X') return undefined
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return { pid, arguments: commandLine.split('\0'), cwd: readWorkingFolder(pid) }
  } catch {
    return undefined
  }
}

function readWorkingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function inspectByPs(pid: number): ProcessInfo | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const [state = '', ...command] = line.split(/\s+/)
    if (state === '' || state.startsWith('Z')) return undefined
    return { pid, arguments: [command.join(' ')], cwd: undefined }
  } catch {
    return undefined
  }
}

/** The numbers of all processes that can be seen; empty where the system has no /proc. */
export function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid))
  } catch {
    return []
  }
}
