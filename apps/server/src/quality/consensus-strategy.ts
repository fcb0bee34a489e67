import { createHash } from 'node:crypto'
import {
  answerShapes,
  type ConsensusValue,
  type Form,
  isUnanswered,
  type Question,
} from '@groundwork/contract'
import type { TaskConsensus, Vote } from './consensus-queries.ts'
import { shares } from './quick-level.ts'
import { strategyOf } from './strategies/registry.ts'
import { type Judge, type ScaleJudge, valueAt } from './strategies/strategy.ts'

/** How questions are decided: classes, and ratings where a full run knows more than their mean. */
export type Judges = { judge: Judge; scale: ScaleJudge }

/** Nothing is known of any rating: the mean decides. */
export const byMean: ScaleJudge = () => undefined

/** What is known to be right, by task and question. */
export type KnownAnswers = ReadonlyMap<string, Record<string, unknown>>

/** The consensus of each task, question by question. Tasks without judgments get an empty one. */
export function consensusOf(
  form: Form,
  taskIds: string[],
  votes: Vote[],
  known: KnownAnswers,
  judges: Judges,
): TaskConsensus[] {
  const byTask = Map.groupBy(votes, (vote) => vote.taskId)
  return taskIds.map((taskId) => {
    const all = byTask.get(taskId) ?? []
    const consensus = Object.fromEntries(
      form.questions.flatMap((question) => {
        const answered = all.filter(({ answer }) => !isUnanswered(answer[question.id]))
        return answered.length === 0
          ? []
          : strategyOf(question).decide(question, answered, { taskId, ...judges })
      }),
    )
    const confidences = Object.values(consensus).flatMap((value) => value.confidence ?? [])
    return {
      taskId,
      judgments: all.length,
      consensus,
      confidence: confidences.length ? Math.min(...confidences) : null,
      goldCorrect: isRight(form, consensus, known.get(taskId)),
      basis: basisOf(all.map(({ id }) => id)),
    }
  })
}

/** What one person's answer alone comes to, in the shape of a consensus. */
export function consensusOfOne(
  form: Form,
  trainerId: string,
  answer: Vote['answer'],
): TaskConsensus['consensus'] {
  const vote = { id: 'one', taskId: 'one', trainerId, answer }
  const [decided] = consensusOf(form, ['one'], [vote], new Map(), { judge: byVotes, scale: byMean })
  return decided?.consensus ?? {}
}
const byVotes: Judge = (question, _taskId, votes) => shares(question, votes)

/** A hash of the judgments that a consensus rests on. */
export const basisOf = (judgmentIds: readonly string[]): string =>
  createHash('sha1').update(judgmentIds.join()).digest('base64url')

/** Whether a consensus is what is known to be right, in everything that can be compared; null where nothing can. */
function isRight(
  form: Form,
  consensus: Record<string, ConsensusValue>,
  known: Record<string, unknown> | undefined,
): boolean | null {
  const compared = rightByQuestion(form, consensus, known)
  return compared.length === 0 ? null : compared.every(({ right }) => right)
}

/** Of each question with a known answer that its consensus can be compared with: whether that is right in all of its parts. */
export function rightByQuestion(
  form: Form,
  consensus: Record<string, ConsensusValue>,
  known: Record<string, unknown> | undefined,
): { question: string; right: boolean }[] {
  return form.questions.flatMap((question) => {
    const answer = known?.[question.id]
    const parts = isUnanswered(answer) ? [] : compare(question, consensus, answer)
    return parts.length === 0 ? [] : [{ question: question.id, right: parts.every(Boolean) }]
  })
}

function compare(question: Question, consensus: Record<string, ConsensusValue>, known: unknown): boolean[] {
  const { matches, knownOf } = strategyOf(question)
  if (!matches) return []
  const prefix = `${question.id}.`
  return Object.entries(consensus).flatMap(([key, { value }]) => {
    if (key !== question.id && !key.startsWith(prefix)) return []
    const part = knownOf
      ? knownOf(question, key, known)
      : key === question.id
        ? known
        : valueAt({ known }, ['known', key.slice(prefix.length)])
    if (!isComparable(question, part)) return []
    return value === null ? false : matches(question, value, part)
  })
}

/** A whole answer to the question; of a preference the outcome alone will do. An axis has an answer's shape, too. */
const isComparable = (question: Question, known: unknown) =>
  !isUnanswered(known) &&
  ((question.type === 'preference' && typeof known === 'string') ||
    answerShapes[question.type].safeParse(known).success)
