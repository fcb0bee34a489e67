import type { Answer, Assignment, Money, NoWorkReason } from '@groundwork/contract'
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
}

export type WorkbenchState = {
  /** `waiting`: the last answer has to reach the server before there can be a next task. */
  phase: 'loading' | 'working' | 'nothing' | 'waiting' | 'failed'
  task: OpenTask | null
  reason: NoWorkReason | null
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
  | { kind: 'skipped' | 'flagged' | 'undone' | 'stale' | 'resumed' }
  | { kind: 'failed'; error: unknown }
