// Loaded before a program that scripts/supervise-child.mjs starts: when that process is gone, however it ended, the
// channel to it closes, and this one shuts down as if it had been asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
