import { ApiError, type Client } from '@groundwork/client'
import type { Assignment, FlagReason } from '@groundwork/contract'
import type { CurrentTask } from './current-task.ts'
import type { WorkbenchEvent, WorkbenchState } from './workbench-state.ts'

export type TaskRequestsOptions = {
  client: Client
  current: CurrentTask
  setBusy: (busy: WorkbenchState['busy']) => void
  onEvent: (event: WorkbenchEvent) => unknown
  /** Puts a task on the screen that had left it. */
  bringBack: (assignment: Assignment) => void
  /** Goes on to the next task. */
  next: () => Promise<void>
}

/** What is asked of the server about a task besides its answer: to leave it, to hold it again, to take its answer back. */
export class TaskRequests {
  readonly #options: TaskRequestsOptions
  #busy: WorkbenchState['busy'] = null

  constructor(options: TaskRequestsOptions) {
    this.#options = options
  }

  skip(reason: string): Promise<void> {
    return this.#leave('skip', ({ id, epoch }) =>
      this.#options.client
        .skipAssignment({ params: { id }, body: { epoch, reason } })
        .catch((error: unknown) => {
          // What is no longer held need not be given back.
          if (!(error instanceof ApiError) || error.code !== 'stale_epoch') throw error
        }),
    )
  }

  flag(reason: FlagReason, comment: string): Promise<void> {
    return this.#leave('flag', ({ id, epoch }) =>
      this.#options.client.flagAssignment({ params: { id }, body: { epoch, reason, comment } }),
    )
  }

  /** Takes an assignment up again that was lost; the draft on the screen stays as it is. */
  async resume(): Promise<void> {
    const { client, current, onEvent } = this.#options
    const { task } = current
    if (!task) return
    await this.#attempt('resume', async () => {
      const { assignment } = await client.resumeAssignment({ params: { id: task.assignment.id } })
      current.resumed(assignment)
      onEvent({ kind: 'resumed' })
    })
  }

  /** Takes a submitted answer back; its task is on the screen again. */
  async undo(judgmentId: string): Promise<void> {
    await this.#attempt(null, async () => {
      const { assignment } = await this.#options.client.undoJudgment({ params: { id: judgmentId } })
      this.#options.bringBack(assignment)
      this.#options.onEvent({ kind: 'undone' })
    })
  }

  /** Takes a skip back; its task is on the screen again, if nobody else has it by now. */
  async undoSkip(id: string): Promise<void> {
    await this.#attempt(null, async () => {
      const { assignment } = await this.#options.client.undoSkip({ params: { id } })
      this.#options.bringBack(assignment)
      this.#options.onEvent({ kind: 'undone' })
    })
  }

  async #leave(act: 'skip' | 'flag', send: (assignment: Assignment) => Promise<unknown>): Promise<void> {
    const { current, onEvent, next } = this.#options
    const { task } = current
    if (!task || this.#busy) return
    await this.#attempt(act, async () => {
      await current.flush()
      await send(task.assignment)
      onEvent(act === 'skip' ? { kind: 'skipped', assignmentId: task.assignment.id } : { kind: 'flagged' })
      await next()
    })
  }

  async #attempt(busy: WorkbenchState['busy'], run: () => Promise<void>): Promise<void> {
    this.#setBusy(busy)
    try {
      await run()
    } catch (error) {
      this.#options.onEvent({ kind: 'failed', error })
    }
    this.#setBusy(null)
  }

  #setBusy(busy: WorkbenchState['busy']): void {
    this.#busy = busy
    this.#options.setBusy(busy)
  }
}
