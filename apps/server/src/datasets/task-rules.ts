import type { Form, TaskPayload } from '@groundwork/contract'

/** Ids by which answers to a comparison name its two candidates. */
const PAIR_IDS = ['a', 'b'] as const

/** What keeps a task from being judged with a form: a stable code and how to mend it; null when it fits. */
export function misfit(form: Form, task: TaskPayload): { code: string; message: string } | null {
  if (!comparesTwo(form) || task.candidates.length === PAIR_IDS.length) return null
  return {
    code: 'not_a_pair',
    message: `This project compares two responses; the row has ${task.candidates.length}. Give it exactly two.`,
  }
}

/** The task with the candidate ids that answers speak of: the first of a pair is `a`, the second `b`. */
export function withAnswerIds(form: Form, task: TaskPayload): TaskPayload {
  if (!comparesTwo(form)) return task
  const candidates = task.candidates.map((candidate, index) => ({
    ...candidate,
    id: PAIR_IDS[index] ?? candidate.id,
  }))
  return { ...task, candidates }
}

const comparesTwo = (form: Form) => form.questions.some((question) => question.type === 'preference')
