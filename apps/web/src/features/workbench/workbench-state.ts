import type { Answer, Assignment, Draft, Money, NoWorkReason } from '@groundwork/contract'
import type { SaveState } from './draft-saver.ts'

/** The task on the screen. */
export type OpenTask = {
  assignment: Assignment
  answer: Answer
  save: SaveState
  /** End of the lease by this computer's clock. */
  expiresAt: number
  /** The assignment is no longer the person's; the draft stays on the screen. */
  stale: boolean
  /** What became of it then. */
  lost?: Lost | undefined
  /** Another version of the draft, saved in another tab or on another device; nothing is sent until one is chosen. */
  conflict?: OtherVersion | undefined
  /** The choice has to be made now: a submission waits for it. */
  mustChoose?: boolean | undefined
}

/** `local`: typed in another tab of this browser, and at no server. */
export type OtherVersion = Draft & { local?: boolean }

/** What became of an assignment elsewhere; `live`: it was taken up again there. */
export type Lost = 'live' | 'expired' | 'submitted' | 'skipped' | 'flagged' | 'withdrawn'

/** Whether an answer to it can still be sent, even though late. */
export const canStillSubmit = (lost: Lost | undefined): boolean =>
  lost === undefined || lost === 'expired' || lost === 'live'

export type WorkbenchState = {
  /** `waiting`: the last answer has to reach the server before there can be a next task. */
  phase: 'loading' | 'working' | 'nothing' | 'waiting' | 'failed'
  task: OpenTask | null
  reason: NoWorkReason | null
  /** Tasks that were skipped and can be taken up again, where that is all that is left. */
  skipped: number
  error: unknown
  /** Answers that are given and not acknowledged. */
  unsent: number
  /** Whether the last attempt to reach the server failed. */
  offline: boolean
  /** An act on the task is under way. */
  busy: 'skip' | 'flag' | 'resume' | null
}

export const initialState: WorkbenchState = {
  phase: 'loading',
  task: null,
  reason: null,
  skipped: 0,
  error: null,
  unsent: 0,
  offline: false,
  busy: null,
}

/** What has happened and should be said. */
export type WorkbenchEvent =
  | { kind: 'opened' | 'fetched'; assignment: Assignment }
  | {
      kind: 'submitted'
      judgmentId: string
      amount: Money
      state: 'pending' | 'available' | 'owed'
      late: boolean
      undoMs: number
    }
  | { kind: 'refused'; message: string; returned: boolean }
  | { kind: 'skipped'; assignmentId: string }
  | { kind: 'flagged' | 'undone' | 'resumed' | 'conflict' }
  | { kind: 'lost'; lost: Lost }
  | { kind: 'failed'; error: unknown }
