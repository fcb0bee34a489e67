import type { ApiError, Client } from '@groundwork/client'
import type { Assignment } from '@groundwork/contract'
import { ActiveTimeMeter } from './active-time.ts'
import { DraftSaver } from './draft-saver.ts'
import { chooseDraft, type LocalDrafts } from './local-drafts.ts'
import type { OpenTask } from './workbench-state.ts'

export type OpenTaskOptions = {
  client: Client
  drafts: LocalDrafts
  assignment: Assignment
  stale: boolean
  onChange: (change: Partial<OpenTask>) => void
  onStale: () => void
  onRefused: (error: ApiError) => void
}

/** Puts a task on the screen: the draft to go on with, the meter of its active time, and what keeps both safe. */
export function openTask(options: OpenTaskOptions): {
  task: OpenTask
  saver: DraftSaver
  meter: ActiveTimeMeter
} {
  const { client, drafts, assignment, stale, onChange, onStale, onRefused } = options
  const { answer, activeMs, unsent } = chooseDraft(drafts.get(assignment.task.id), assignment.draft)
  const meter = new ActiveTimeMeter(performance.now(), {
    already: activeMs,
    visible: document.visibilityState === 'visible',
  })
  const saver = new DraftSaver({
    client,
    drafts,
    assignment,
    answer,
    meter,
    onState: (save) => onChange({ save }),
    onLease: (expiresAt) => onChange({ expiresAt, stale: false }),
    onStale: () => {
      onChange({ stale: true })
      onStale()
    },
    onRefused,
  })
  const savedAt = assignment.draft ? Date.parse(assignment.draft.savedAt) : null
  const task: OpenTask = {
    assignment,
    answer,
    save: { kind: savedAt === null ? 'untouched' : 'saved', at: savedAt },
    expiresAt: leaseEnd(assignment),
    stale,
  }
  if (unsent && !stale) queueMicrotask(() => saver.change(answer))
  return { task, saver, meter }
}

/** Until the first answer of the server tells how far its clock is from this one, its times are taken as they are. */
export const leaseEnd = (assignment: Assignment): number =>
  Math.min(Date.parse(assignment.expiresAt), Date.now() + assignment.leaseSeconds * 1_000)
