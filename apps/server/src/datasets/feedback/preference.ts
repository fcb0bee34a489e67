import type { PreferenceAnswer, PreferenceOutcome, PreferenceQuestion } from '@groundwork/contract'
import type { Consensus, Mapping, MappingContext } from './mapping.ts'

type Graded = { outcome: PreferenceOutcome; strength: number | null }

/** A vote between two responses, overall or on one axis. */
export const preference: Mapping<PreferenceQuestion> = {
  gives: () => ['pairwise'],
  pieces: (_, value, context) => {
    const graded = gradedOf(value, context)
    const [a, b] = context.task.candidates
    if (!graded || !a || !b) return []
    return [{ verdict: { type: 'pairwise', a: a.id, b: b.id, ...graded } }]
  },
  decided: (question, consensus, { axis }) => {
    const found = (consensus as Consensus)[axis === undefined ? question.id : `${question.id}.${axis}`]
    if (!found) return null
    const outcome = found.value as PreferenceOutcome | null
    const value = outcome ? ({ outcome, strength: found.strength ?? null } satisfies Graded) : null
    return { value: value && onAxis(value, axis), confidence: found.confidence }
  },
  combine: (_, values, context) => {
    const votes = values.flatMap((value) => gradedOf(value, context) ?? [])
    const groups = [...Map.groupBy(votes, ({ outcome }) => outcome)]
    const most = Math.max(0, ...groups.map(([, group]) => group.length))
    const best = groups.filter(([, group]) => group.length === most)
    const lean = meanStrength(votes)
    const leaning = lean < 0 ? 'a' : lean > 0 ? 'b' : undefined
    const [outcome, group] = (best.length === 1 ? best[0] : best.find(([name]) => name === leaning)) ?? []
    const value = outcome && group ? { outcome, strength: meanStrength(group) } : null
    return { value: value && onAxis(value, context.axis), confidence: most / Math.max(votes.length, 1) }
  },
  classOf: (_, value, context) => gradedOf(value, context)?.outcome,
}

function gradedOf(value: unknown, { axis }: MappingContext): Graded | undefined {
  const { outcome, strength, axes } = value as PreferenceAnswer
  const graded = axis === undefined ? { outcome, strength } : axes?.[axis]
  return graded && { outcome: graded.outcome, strength: graded.strength }
}

const onAxis = (graded: Graded, axis: string | undefined) =>
  axis === undefined ? graded : { axes: { [axis]: graded } }

const meanStrength = (votes: readonly Graded[]): number =>
  votes.reduce((sum, each) => sum + (each.strength ?? 0), 0) / Math.max(votes.length, 1)
