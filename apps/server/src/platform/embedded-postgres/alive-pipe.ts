import { execFileSync } from 'node:child_process'
import { closeSync, constants, existsSync, openSync } from 'node:fs'

/**
 * A named pipe whose reading end every process of a Postgres inherits and never reads. The kernel closes it with the
 * last of them, so "does anything of that Postgres still live?" has an exact answer that no reused process number,
 * zombie or other process namespace can blur.
 */
export function openAlivePipe(path: string): number {
  if (!existsSync(path)) execFileSync('mkfifo', ['-m', '600', path])
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
}

/** True while some process holds the pipe open. */
export function isAlivePipeHeld(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK))
    return true
  } catch (error) {
    // ENXIO is the kernel's "nobody reads it"; ENOENT: no Postgres was ever started here.
    if (error instanceof Error && 'code' in error && (error.code === 'ENXIO' || error.code === 'ENOENT'))
      return false
    throw error
  }
}
