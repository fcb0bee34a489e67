import type { Message } from '@groundwork/contract'

/** Fewer turns than this stand on their lines; more are one line together. */
const FOLDED = 4

/**
 * The turns that are folded to one line: those after the instructions at the beginning and before the last exchange, which is the last
 * turn of the user and what it answers. `from` is the first of them, `to` the one behind them; the same where nothing is folded.
 */
export function earlierTurns(messages: readonly Message[]): { from: number; to: number } {
  const first = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer')
  const lastUser = messages.findLastIndex(({ role }) => role === 'user')
  const to = (lastUser < 0 ? messages.length : lastUser) - 1
  const from = Math.max(0, first)
  return to - from >= FOLDED ? { from, to } : { from: 0, to: 0 }
}

const CONTEXT = /^context:(\d+)$/

/** The turns of the conversation that an answer speaks of, by a passage in them or about the whole of them. */
export function turnsNamedIn(value: unknown, found = new Set<number>()): Set<number> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, each] of Object.entries(value)) {
    const turn = CONTEXT.exec(key === 'target' && typeof each === 'string' ? each : key)?.[1]
    if (turn !== undefined) found.add(Number(turn))
    turnsNamedIn(each, found)
  }
  return found
}
