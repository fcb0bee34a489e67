import type { TaskPayload } from '@groundwork/contract'
import type { Annotation, Feedback } from './feedback.ts'

/**
 * What a task of an annotation tool shows. Tools rate what they show as a whole, so ratings of several answers are as many tasks; two answers that were
 * compared, and several that were ranked, stay together.
 */
export function shownTasks(feedback: Feedback): Feedback[] {
  const { task, annotations } = feedback
  const types = new Set(annotations.map(({ verdict }) => verdict.type))
  const apart = types.has('rubric') || types.has('thumb')
  if (task.candidates.length < 2 || !apart || types.has('pairwise') || types.has('ranking')) return [feedback]
  return task.candidates.map((candidate, index) => ({
    ...feedback,
    task: {
      ...task,
      candidates: [candidate],
      ...(task.externalId !== undefined && { externalId: `${task.externalId}:${candidate.id}` }),
    },
    annotations: annotations.filter((each) => speaksOf(each, candidate.id) ?? index === 0),
  }))
}

/** Whether an annotation speaks of a candidate; undefined when it speaks of the task as a whole. */
function speaksOf({ verdict }: Annotation, id: string): boolean | undefined {
  if ('candidate' in verdict) return verdict.candidate === id
  if (verdict.type === 'spans')
    return verdict.target.startsWith('context:') ? undefined : verdict.target === id
  return undefined
}

/** Who said something, and about which answer where one of its comments stands alone: those of HelpSteer go by the name of their person. */
export function speakerOf({ by, verdict }: Annotation): { person: string; comment: string } {
  const named = verdict.type === 'text' ? /^(.*):(feedback[12])$/s.exec(by ?? '') : null
  return { person: named?.[1] ?? by ?? 'conclusion', comment: named?.[2] ?? 'comment' }
}

/** How many stars or points: whole numbers from `least` on; null for all else. */
export const wholeScore = (score: number | null, least: number): number | null =>
  score !== null && Number.isInteger(score) && score >= least ? score : null

/** The candidates of a task in order, each with the field in which it stands. */
export function fieldsOf({ candidates }: TaskPayload, field: string): { field: string; id: string }[] {
  return candidates.map(({ id }, index) => ({
    id,
    field: candidates.length === 1 ? field : `${field}${index + 1}`,
  }))
}
