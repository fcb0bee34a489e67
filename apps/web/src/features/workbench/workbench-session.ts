import { ApiError, type Client, OfflineError } from '@groundwork/client'
import type { Answer, Assignment, FlagReason, NextAssignment, Submitted } from '@groundwork/contract'
import { withoutUnasked } from '@groundwork/contract/checks'
import { createStore } from '../../ui/store.ts'
import type { ActiveTimeMeter } from './active-time.ts'
import type { DraftSaver } from './draft-saver.ts'
import { type LocalDrafts, localDrafts } from './local-drafts.ts'
import { missingOf } from './missing.ts'
import { leaseEnd, openTask } from './open-task.ts'
import type { TextStorage } from './storage.ts'
import { type PendingSubmit, SubmitQueue, sendPending } from './submit-queue.ts'
import { TaskSupply } from './task-supply.ts'
import { initialState, type OpenTask, type WorkbenchEvent, type WorkbenchState } from './workbench-state.ts'

export type SessionOptions = {
  client: Client
  projectId: string
  userId: string
  storage: TextStorage
  onEvent: (event: WorkbenchEvent) => void
}

/** Fetch the next task this long after the present one was shown. */
const PREFETCH_AFTER_MS = 1_000

/**
 * A trainer at work on one project: what is on the screen, what comes next, what is on its way to the server. Knows no React and no
 * words; the page follows `store` and says what `onEvent` tells.
 */
export class WorkbenchSession {
  readonly store = createStore<WorkbenchState>(initialState)
  readonly #options: SessionOptions
  readonly #drafts: LocalDrafts
  readonly #queue: SubmitQueue
  #saver: DraftSaver | null = null
  #meter: ActiveTimeMeter | null = null
  readonly #supply: TaskSupply
  #prefetchTimer: ReturnType<typeof setTimeout> | undefined
  #disposed = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#drafts = localDrafts(options.storage, options.userId)
    this.#supply = new TaskSupply(options.client, options.projectId)
    this.#queue = new SubmitQueue({
      storage: options.storage,
      storageKey: `groundwork.submits.${options.userId}`,
      send: (pending) =>
        sendPending(options.client, pending, this.#supply.heldIds(this.store.get().task?.assignment.id)),
      onAcknowledged: (pending, result) => this.#acknowledged(pending, result),
      onRefused: (pending, error) => this.#refused(pending, error),
      onChange: () => this.#set({ unsent: this.#queue.pending().length, offline: this.#queue.stuck }),
      later: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
  }

  /** Sends what a former visit left behind and shows the first task. */
  async start(): Promise<void> {
    this.#drafts.prune(Date.now())
    this.#set({ unsent: this.#queue.pending().length })
    void this.#queue.flush()
    await this.load()
  }

  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#prefetchTimer)
    void this.#saver?.flush({ leaving: true })
    this.#saver?.stop()
    this.#queue.stop()
  }

  get activeMs(): number {
    return this.#saver?.activeMs ?? 0
  }
  get isActive(): boolean {
    return this.#meter?.isRunning(performance.now()) ?? false
  }

  sign(): void {
    this.#meter?.sign(performance.now())
  }
  setVisible(visible: boolean): void {
    this.#meter?.setVisible(performance.now(), visible)
    if (!visible) void this.#saver?.flush({ leaving: true })
  }
  /** The link is back: everything that waits goes out at once. */
  online(): void {
    void this.#queue.flush()
    void this.#saver?.flush()
    void this.#saver?.heartbeat(true)
    if (['failed', 'nothing'].includes(this.store.get().phase)) void this.load()
  }
  /** Saves the draft even though the page is about to go. */
  leave(): void {
    void this.#saver?.flush({ leaving: true })
  }

  /** Asks for a task: what is held comes first, then a new one. */
  async load(): Promise<void> {
    this.#set({ phase: 'loading', error: null })
    try {
      this.#take(await this.#supply.next(this.#queue.pending().map((each) => each.assignment.id)))
    } catch (error) {
      if (!this.#disposed) this.#set({ phase: 'failed', error, offline: error instanceof OfflineError })
    }
  }

  change(questionId: string, value: unknown): void {
    const { task } = this.store.get()
    if (!task) return
    const answer: Answer = { ...task.answer, [questionId]: value }
    if (value === undefined) delete answer[questionId]
    this.#setTask({ answer })
    this.#saver?.change(answer)
  }

  /** Called when the task has been painted. */
  shown(): void {
    const { task } = this.store.get()
    if (task && task.assignment.shownAt === null) void this.#saver?.show()
    this.#schedulePrefetch(PREFETCH_AFTER_MS)
  }

  extend(): void {
    void this.#saver?.heartbeat(true)
  }

  /**
   * Submits when nothing misses; the next task is on the screen before the server has answered.
   * @returns whether the answer was complete
   */
  submit(): boolean {
    const { task, busy } = this.store.get()
    if (!task || busy || missingOf(task.assignment.form, task.answer, task.assignment.task).length > 0)
      return false
    const activeMs = this.activeMs
    this.#saver?.stop()
    const next = this.#supply.takeAhead()
    const pending: PendingSubmit = {
      key: crypto.randomUUID(),
      assignment: task.assignment,
      answer: withoutUnasked(task.assignment.form, task.answer),
      activeMs,
      wantsNext: next === undefined,
    }
    if (next) this.#open(next)
    else this.#close('waiting')
    this.#queue.add(pending)
    return true
  }

  async undo(judgmentId: string): Promise<void> {
    await this.#attempt(async () => {
      const { assignment } = await this.#options.client.undoJudgment({ params: { id: judgmentId } })
      this.#bringBack(assignment)
      this.#options.onEvent({ kind: 'undone' })
    })
  }

  async skip(reason: string): Promise<void> {
    await this.#leaveTask('skip', ({ id, epoch }) =>
      this.#options.client
        .skipAssignment({ params: { id }, body: { epoch, reason } })
        .catch((error: unknown) => {
          // What is no longer held need not be given back.
          if (!(error instanceof ApiError) || error.code !== 'stale_epoch') throw error
        }),
    )
  }

  async flag(reason: FlagReason, comment: string): Promise<void> {
    await this.#leaveTask('flag', ({ id, epoch }) =>
      this.#options.client.flagAssignment({ params: { id }, body: { epoch, reason, comment } }),
    )
  }

  /** Takes an assignment up again whose lease has run out; the draft on the screen stays as it is. */
  async resume(): Promise<void> {
    const { task } = this.store.get()
    if (!task) return
    this.#set({ busy: 'resume' })
    await this.#attempt(async () => {
      const { assignment } = await this.#options.client.resumeAssignment({
        params: { id: task.assignment.id },
      })
      this.#setTask({ assignment, stale: false, expiresAt: leaseEnd(assignment) })
      this.#saver?.renew(assignment.epoch)
      this.#options.onEvent({ kind: 'resumed' })
    })
    this.#set({ busy: null })
  }

  #acknowledged(pending: PendingSubmit, { judgment, earned, undoUntil, next }: Submitted): void {
    this.#drafts.remove(pending.assignment.task.id)
    if (this.#disposed) return
    this.#options.onEvent({
      kind: 'submitted',
      judgmentId: judgment.id,
      amount: { amount: earned.amount, currency: earned.currency },
      state: earned.state,
      late: judgment.late,
      undoMs: Math.min(10_000, Date.parse(undoUntil) - Date.parse(judgment.submittedAt)),
    })
    if (this.store.get().phase === 'waiting') {
      // With this answer may come the very task whose own answer is still on its way; the last of them decides.
      if (this.#queue.pending().length > 0) return
      if (pending.wantsNext && pending.assignment.projectId === this.#options.projectId) this.#take(next)
      else void this.load()
    } else this.#schedulePrefetch(0)
  }

  #refused(pending: PendingSubmit, error: ApiError): void {
    this.#drafts.set(pending.assignment.task.id, {
      answer: pending.answer,
      activeMs: pending.activeMs,
      at: Date.now(),
      synced: false,
    })
    if (this.#disposed) return
    const returned =
      pending.assignment.projectId === this.#options.projectId &&
      (error.code === 'stale_epoch' || error.code === 'invalid_answer')
    if (returned) this.#bringBack(pending.assignment, error.code === 'stale_epoch')
    else if (this.store.get().phase === 'waiting') void this.load()
    this.#options.onEvent({ kind: 'refused', message: error.message, returned })
  }

  /** Puts a task back on the screen; the present one waits its turn. */
  #bringBack(assignment: Assignment, stale = false): void {
    const { task } = this.store.get()
    if (task && task.assignment.id !== assignment.id) {
      void this.#saver?.flush()
      this.#supply.putAside(task.assignment)
    }
    this.#open(assignment, stale)
  }

  #take(next: NextAssignment): void {
    if (this.#disposed) return
    // The last task may have been fetched ahead at the same moment; the server then knows of no other.
    const assignment = next.assignment ?? this.#supply.takeAhead()
    if (assignment) this.#open(assignment)
    else this.#close('nothing', next.assignment === null ? next.reason : null)
  }

  #open(assignment: Assignment, stale = false): void {
    this.#saver?.stop()
    this.#supply.forget(assignment.id)
    const { task, saver, meter } = openTask({
      client: this.#options.client,
      drafts: this.#drafts,
      assignment,
      stale,
      onChange: (change) => {
        this.#setTask(change)
        if (change.save) this.#set({ offline: change.save.kind === 'offline' || this.#queue.stuck })
      },
      onStale: () => this.#options.onEvent({ kind: 'stale' }),
      onRefused: (error) => this.#options.onEvent({ kind: 'failed', error }),
    })
    this.#meter = meter
    this.#saver = saver
    this.#set({ phase: 'working', reason: null, error: null, task })
    this.#options.onEvent({ kind: 'opened', assignment })
  }

  #close(phase: 'nothing' | 'waiting', reason: WorkbenchState['reason'] = null): void {
    this.#saver?.stop()
    this.#saver = null
    this.#meter = null
    this.#set({ phase, reason, task: null })
  }

  async #leaveTask(busy: 'skip' | 'flag', send: (assignment: Assignment) => Promise<unknown>): Promise<void> {
    const { task } = this.store.get()
    if (!task || this.store.get().busy) return
    this.#set({ busy })
    await this.#attempt(async () => {
      await this.#saver?.flush()
      await send(task.assignment)
      this.#options.onEvent({ kind: busy === 'skip' ? 'skipped' : 'flagged' })
      const next = this.#supply.takeAhead()
      if (next) this.#open(next)
      else await this.load()
    })
    this.#set({ busy: null })
  }

  async #prefetch(): Promise<void> {
    const { task } = this.store.get()
    // An unsent answer still holds its place at the server, and two are the most that may be held.
    if (!task || this.store.get().unsent > 0) return
    const fetched = await this.#supply.fetchAhead(task.assignment.id)
    if (fetched && !this.#disposed) this.#options.onEvent({ kind: 'fetched', assignment: fetched })
    if (this.#disposed || !['waiting', 'nothing'].includes(this.store.get().phase)) return
    // The person was faster: what has come is wanted now.
    const assignment = this.#supply.takeAhead()
    if (assignment) this.#open(assignment)
  }

  #schedulePrefetch(ms: number): void {
    clearTimeout(this.#prefetchTimer)
    this.#prefetchTimer = setTimeout(() => void this.#prefetch(), ms)
  }

  async #attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      if (this.#disposed) return
      this.#options.onEvent({ kind: 'failed', error })
    }
  }

  #set(change: Partial<WorkbenchState>): void {
    this.store.set({ ...this.store.get(), ...change })
  }

  #setTask(change: Partial<OpenTask>): void {
    const { task } = this.store.get()
    if (task) this.#set({ task: { ...task, ...change } })
  }
}
