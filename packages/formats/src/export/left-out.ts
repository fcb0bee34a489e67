/** Reasons that keep a whole task from giving anything. */
const ofTasks = new Set([
  'too_few_judgments',
  'judgments_set_aside',
  'not_decided',
  'low_confidence',
  'low_agreement',
  'not_unanimous',
  'question_not_answered',
  'form_cannot_feed',
])

/** What the count of a reason counts: tasks, pairs of responses of a task, or rows that could have been made (of one task there may be many). */
export function unitOf(reason: string): 'tasks' | 'pairs' | 'rows' {
  if (reason === 'equal_rank') return 'pairs'
  return ofTasks.has(reason) ? 'tasks' : 'rows'
}
