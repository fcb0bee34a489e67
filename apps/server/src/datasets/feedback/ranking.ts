import type { RankingAnswer, RankingQuestion, TaskPayload } from '@groundwork/contract'
import type { Mapping, Piece } from './mapping.ts'

type Ranks = RankingAnswer['ranks']

/** An order of all responses; where a format knows only votes between two, or fewer pairs are wanted, those. */
export const ranking: Mapping<RankingQuestion> = {
  gives: () => ['ranking', 'pairwise'],
  pieces: (_, value, { task, options, wants }) => {
    const { ranks } = value as RankingAnswer
    const known = ranks.filter(({ candidate }) => task.candidates.some(({ id }) => id === candidate))
    if (wants.has('ranking') && options.rankingPairs === 'all')
      return [{ verdict: { type: 'ranking', ranks: known } }]
    const pairs = pairsOf(known, options.rankingPairs).map(([better, worse]) =>
      wants.has('ranking') ? rankedPair(task, known, better, worse) : pairOf(task, better, worse),
    )
    return [...pairs, ...equalPairs(known, options.rankingPairs)]
  },
  decided: (question, consensus) => {
    const found = consensus[question.id]
    const ranks = found && ranksIn(found.value)
    return found && ranks ? { value: { ranks }, confidence: found.confidence } : null
  },
  combine: (_, values) => {
    const given = new Map<string, number[]>()
    for (const { ranks } of values as RankingAnswer[]) {
      for (const { candidate, rank } of ranks) given.set(candidate, [...(given.get(candidate) ?? []), rank])
    }
    const means = [...given].map(([candidate, ranks]) => ({
      candidate,
      mean: ranks.reduce((sum, each) => sum + each, 0) / ranks.length,
    }))
    const distinct = [...new Set(means.map(({ mean }) => mean))].sort((one, other) => one - other)
    const ranks = means.map(({ candidate, mean }) => ({ candidate, rank: distinct.indexOf(mean) + 1 }))
    return { value: ranks.length > 0 ? { ranks } : null, confidence: null }
  },
  classOf: (_, value) =>
    (value as RankingAnswer).ranks
      .map(({ candidate, rank }) => `${candidate}=${rank}`)
      .sort()
      .join(),
}

/** A stored consensus is the ranks, or the candidates from best to worst. */
function ranksIn(value: unknown): Ranks | undefined {
  const list = Array.isArray(value) ? value : (value as RankingAnswer | null)?.ranks
  if (!Array.isArray(list) || list.length === 0) return undefined
  return list.every((each) => typeof each === 'string')
    ? list.map((candidate, index) => ({ candidate, rank: index + 1 }))
    : (list as Ranks)
}

/** Better and worse candidates; candidates of one rank are no pair. */
function pairsOf(ranks: Ranks, kind: 'all' | 'adjacent' | 'best_worst'): [string, string][] {
  const levels = [...Map.groupBy(ranks, ({ rank }) => rank)].sort(([one], [other]) => one - other)
  const between = (one: number, other: number) =>
    (levels[one]?.[1] ?? []).flatMap((better) =>
      (levels[other]?.[1] ?? []).map((worse): [string, string] => [better.candidate, worse.candidate]),
    )
  const last = levels.length - 1
  if (kind === 'best_worst') return last > 0 ? between(0, last) : []
  return levels.flatMap((_, index) =>
    levels.flatMap((__, other) =>
      other > index && (kind === 'all' || other === index + 1) ? between(index, other) : [],
    ),
  )
}

/** Candidates of one rank that would have been a pair: of the best against the worst only where there is no other. */
function equalPairs(ranks: Ranks, kind: 'all' | 'adjacent' | 'best_worst'): Piece[] {
  const levels = [...Map.groupBy(ranks, ({ rank }) => rank).values()]
  const pairs = levels.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
  const missed = kind !== 'best_worst' ? pairs : levels.length === 1 ? Math.min(pairs, 1) : 0
  return Array.from({ length: missed }, () => ({ drop: 'equal_rank' }))
}

/** The two with their ranks, which say how far apart they are. */
function rankedPair(task: TaskPayload, ranks: Ranks, better: string, worse: string): Piece {
  const isOne = (id: string) => id === better || id === worse
  return {
    own: { ...task, candidates: task.candidates.filter(({ id }) => isOne(id)) },
    verdict: { type: 'ranking', ranks: ranks.filter(({ candidate }) => isOne(candidate)) },
  }
}

/** The two in the order of the task, so that their place says nothing. */
function pairOf(task: TaskPayload, better: string, worse: string): Piece {
  const candidates = task.candidates.filter(({ id }) => id === better || id === worse)
  const [a, b] = candidates
  return {
    own: { ...task, candidates },
    verdict: {
      type: 'pairwise',
      a: a?.id ?? '',
      b: b?.id ?? '',
      outcome: a?.id === better ? 'a' : 'b',
      strength: null,
    },
  }
}
