/**
 * When a full run decides, from thinned real sets: below this the models are no better than the vote and sometimes worse. See
 * docs/decisions/0011-consensus-in-two-levels.md.
 */
export const LEAST_LABELS = 60
/** Tasks with at least two judgments. */
export const LEAST_OVERLAPPING = 20
/** Of two people who differ nothing says who is right. */
export const LEAST_TRAINERS = 3
/** More judgments than this are not inferred at once: it would take minutes and gigabytes. */
export const MOST_LABELS = 2_000_000

/** A full run is due when this many judgments came since the last one, … */
const LEAST_NEW = 30
/** … and at least this share of all: so the work of all full runs together stays in proportion to the judgments. */
const LEAST_NEW_SHARE = 0.05

/**
 * Whether it is time for a full run.
 * @param before judgments that the last full run knew of; null when there was none
 */
export function fullRunDue(state: {
  judgments: number
  overlapping: number
  before: number | null
  /** Nothing more will come, so waiting for more makes no sense. */
  finished: boolean
}): boolean {
  const { judgments, overlapping, before, finished } = state
  if (judgments < LEAST_LABELS || judgments > MOST_LABELS || overlapping < LEAST_OVERLAPPING) return false
  if (before === null) return true
  const changed = Math.abs(judgments - before)
  return finished ? changed > 0 : changed >= Math.max(LEAST_NEW, LEAST_NEW_SHARE * judgments)
}

/**
 * Whether judgments are enough to infer from rather than to count.
 * @param task of each judgment, in ascending order
 * @param trainers how many made them
 */
export function enoughToInfer(task: Int32Array, trainers: number): boolean {
  if (task.length < LEAST_LABELS || trainers < LEAST_TRAINERS) return false
  let overlapping = 0
  // The second judgment of a task is one whose predecessor, but not whose predecessor's predecessor, is of the same task.
  for (let i = 1; i < task.length; i++)
    if (task[i] === task[i - 1] && (i === 1 || task[i - 2] !== task[i])) overlapping++
  return overlapping >= LEAST_OVERLAPPING
}
