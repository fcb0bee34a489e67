import type { PreferenceAnswer, PreferenceOutcome } from '@groundwork/contract'

/** Real answers to replay: by trainer, then by external id. */
export type RecordedAnswers = Map<string, Map<string, PreferenceAnswer>>

const outcomes = new Set<string>(['a', 'b', 'tie', 'both_good', 'both_bad'])

/**
 * Reads `externalId,trainer,outcome` with a header line and an optional column `strength`.
 * @throws Error naming the line that cannot be read
 */
export function parseRecordedAnswers(csv: string): RecordedAnswers {
  const [header = '', ...lines] = csv.split(/\r?\n/)
  const columns = header.split(',').map((name) => name.trim())
  const at = (name: string) => columns.indexOf(name)
  const missing = ['externalId', 'trainer', 'outcome'].filter((name) => at(name) < 0)
  if (missing.length)
    throw new Error(
      `line 1: the column ${missing.join(', ')} is missing; wanted are externalId,trainer,outcome.`,
    )
  const recorded: RecordedAnswers = new Map()
  lines.forEach((line, index) => {
    if (line.trim() === '') return
    const cells = line.split(',').map((cell) => cell.trim())
    const outcome = cells[at('outcome')] ?? ''
    if (!outcomes.has(outcome))
      throw new Error(`line ${index + 2}: the outcome "${outcome}" is none of ${[...outcomes].join(', ')}.`)
    const trainer = cells[at('trainer')] ?? ''
    const answers = recorded.get(trainer) ?? new Map<string, PreferenceAnswer>()
    answers.set(cells[at('externalId')] ?? '', {
      outcome: outcome as PreferenceOutcome,
      strength: strengthOf(outcome, cells[at('strength')]),
    })
    recorded.set(trainer, answers)
  })
  return recorded
}

function strengthOf(outcome: string, given: string | undefined): number {
  if (outcome !== 'a' && outcome !== 'b') return 0
  const size = Math.min(3, Math.max(1, Math.abs(Math.round(Number(given ?? 2))) || 2))
  return outcome === 'a' ? -size : size
}
