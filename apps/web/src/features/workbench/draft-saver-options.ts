import type { ApiError, Client } from '@groundwork/client'
import type { Answer, Assignment, Draft } from '@groundwork/contract'
import type { ActiveTimeMeter } from './active-time.ts'
import type { SaveState } from './draft-saver.ts'
import type { LocalDrafts } from './local-drafts.ts'
import type { Lost } from './workbench-state.ts'

/** What keeps a draft safe, and whom it tells. */
export type DraftSaverOptions = {
  client: Pick<Client, 'saveDraft' | 'heartbeat' | 'showAssignment'>
  drafts: LocalDrafts
  assignment: Pick<Assignment, 'id' | 'epoch'> & { draft: Draft | null; task: { id: string } }
  answer: Answer
  /** When the draft was saved that `answer` was edited from; null: there was none; undefined: not known. */
  basedOn: string | null | undefined
  meter: ActiveTimeMeter
  onState: (state: SaveState) => void
  /** The lease has been renewed; its end by this computer's clock. */
  onLease: (expiresAt: number) => void
  /** The server has this answer now. */
  onSaved: (answer: Answer, savedAt: string) => void
  /** Something was typed. */
  onEdited: (answer: Answer) => void
  /** The assignment is over or was taken up elsewhere; nothing that was typed is lost. */
  onLost: (lost: Lost) => void
  /** Another version was saved meanwhile. Nothing is sent until `adopt` or `insist`. */
  onConflict: (draft: Draft) => void
  /** The server refuses the draft, or nobody is signed in any more; it stays in this browser. */
  onRefused: (error: ApiError) => void
}
