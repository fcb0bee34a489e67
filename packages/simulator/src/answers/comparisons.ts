import type {
  PreferenceAnswer,
  PreferenceQuestion,
  RankingAnswer,
  RankingQuestion,
} from '@groundwork/contract'
import type { Random } from '../random.ts'
import { between, one, some } from './draw.ts'
import type { Draw } from './random-answer.ts'

export function randomPreference(question: PreferenceQuestion, { random }: Draw): PreferenceAnswer {
  const axes = (question.axes ?? []).map(({ id }) => [id, randomGraded(question, random)] as const)
  return {
    ...randomGraded(question, random),
    ...(axes.length > 0 && { axes: Object.fromEntries(axes) }),
  }
}

function randomGraded({ ties }: PreferenceQuestion, random: Random) {
  if (ties.length > 0 && random() < 0.15) return { outcome: one(random, ties), strength: 0 }
  const strength = between(random, 1, 3)
  return random() < 0.5 ? { outcome: 'a' as const, strength: -strength } : { outcome: 'b' as const, strength }
}

export function randomRanking(
  { ties, partial }: RankingQuestion,
  { task, random }: Draw,
): RankingAnswer | undefined {
  const all = task.candidates.map(({ id }) => id)
  if (all.length === 0) return undefined
  const count = partial ? between(random, 1, all.length) : all.length
  let rank = 0
  return {
    ranks: some(random, all, count).map((candidate) => {
      if (rank === 0 || !ties || random() >= 0.15) rank += 1
      return { candidate, rank }
    }),
  }
}
