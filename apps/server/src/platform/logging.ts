import { Logger } from 'graphile-worker'
import { pino } from 'pino'

/** The log of the process: pino, one JSON object a line; secrets are never passed to it. */
export type Log = pino.Logger & { forQueue: () => Logger }

/** Opens the log. Request bodies, answers and headers with credentials are not written. */
export function openLog(level: string): Log {
  const log = pino({
    level,
    base: null,
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    timestamp: pino.stdTimeFunctions.isoTime,
  })
  return Object.assign(log, {
    forQueue: () => new Logger(() => (queueLevel, message) => toPino(log, queueLevel, message)),
  })
}

/** The queue says every job at `info`; that is detail here. */
function toPino(log: pino.Logger, level: string, message: string): void {
  if (level === 'error') log.error(message)
  else if (level === 'warning') log.warn(message)
  else log.debug(message)
}
