import type { NoWorkReason, ProjectState } from '@groundwork/contract'

/** At most this many live assignments of one project are held by one trainer: the one that is shown and the next. */
export const MOST_HELD = 2

/** Skips that were taken back may add as many to what is held as can be skipped in a moment. */
export const MOST_HELD_AFTER_UNDO = 5

/**
 * Why a trainer gets nothing from a project, before any slot is looked for; null: look for one.
 * A project that the trainer does not fit says so whatever its state, since nothing else would help.
 */
export function reasonBeforeClaim(at: {
  state: ProjectState
  fits: boolean
  awaitsReview: boolean
}): NoWorkReason | null {
  if (at.state === 'finished') return at.awaitsReview ? 'in_review' : 'no_open_slots'
  if (!at.fits) return 'not_qualified'
  if (at.state !== 'live') return 'project_paused'
  return null
}

/** Why no slot was found in a live project. */
export const reasonWithoutSlot = (open: { any: boolean; skipped: number }): NoWorkReason => {
  if (!open.any) return 'no_open_slots'
  return open.skipped > 0 ? 'skipped_by_you' : 'all_done_by_you'
}

/** Over several projects the reason nearest to work is told: the first of these that any of them gave. */
const nearestFirst: NoWorkReason[] = [
  'out_of_funds',
  'skipped_by_you',
  'all_done_by_you',
  'in_review',
  'daily_cap',
  'project_paused',
  'no_open_slots',
  'not_qualified',
]

export function nearestReason(reasons: NoWorkReason[]): NoWorkReason {
  return nearestFirst.find((reason) => reasons.includes(reason)) ?? 'no_open_slots'
}
