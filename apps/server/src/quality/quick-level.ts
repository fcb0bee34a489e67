import { addJudgment, beginTask, type CrowdModel, decide, infer, labelsFromRows } from '@groundwork/consensus'
import type { Vote } from './consensus-queries.ts'
import type { StoredModel } from './crowd-queries.ts'
import { type ClassQuestion, classOf, type Distribution, type Judge } from './strategies/strategy.ts'

/** How the quick level decides, as recorded with its runs. */
export const quickMethod = (models: StoredModel[]) => (models.length > 0 ? 'crowd-model' : 'majority')

/**
 * Weighs each judgment by what the last full run learnt of its person, in O(classes) per judgment; by counting where no full run has
 * been, or where somebody gave a class that it had not seen.
 */
export function quickJudge(models: StoredModel[]): Judge {
  const crowds = new Map(
    models.map((stored) => [
      stored.question,
      {
        model: {
          classes: stored.classes.length,
          workers: stored.trainers.length,
          evidence: stored.evidence,
          logPrior: stored.logPrior,
          // Only a next fit would start from these.
          judgments: new Int32Array(0),
          posteriors: [],
        } satisfies CrowdModel,
        classes: new Map(stored.classes.map((name, index) => [name, index])),
        trainers: new Map(stored.trainers.map((id, index) => [id, index])),
      },
    ]),
  )
  return (question, _taskId, votes) => {
    const crowd = crowds.get(question.id)
    const labels = votes.map((vote) => crowd?.classes.get(classOf(question, vote) ?? '') ?? -1)
    if (!crowd || labels.includes(-1)) return shares(question, votes)
    const state = beginTask(crowd.model)
    votes.forEach((vote, index) => {
      addJudgment(crowd.model, state, crowd.trainers.get(vote.trainerId) ?? -1, labels[index] ?? -1)
    })
    const { posterior, answer, confidence } = decide(crowd.model, state)
    // The answer's probability allows for judgments that repeat each other's errors; the others share what it leaves.
    const rest = 1 - (posterior[answer] ?? 0)
    return {
      classes: [...crowd.classes.keys()],
      posterior: posterior.map((p, index) =>
        index === answer ? confidence : rest > 0 ? (p * (1 - confidence)) / rest : 0,
      ),
    }
  }
}

/** The shares of the votes. */
export function shares(question: ClassQuestion, votes: Vote[]): Distribution {
  const labels = labelsFromRows(
    votes.map((vote) => ({
      task: vote.taskId,
      worker: vote.trainerId,
      label: classOf(question, vote) ?? '',
    })),
    { classes: question.classes },
  )
  const { classes, posteriors } = infer(labels, { method: 'majority' })
  return { classes, posterior: posteriors }
}
