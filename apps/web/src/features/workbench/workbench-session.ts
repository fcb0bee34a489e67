import { type ApiError, type Client, OfflineError } from '@groundwork/client'
import type { Answer, Assignment, FlagReason, NextAssignment, Submitted } from '@groundwork/contract'
import { createStore } from '../../ui/store.ts'
import { ActiveTimeMeter } from './active-time.ts'
import { DraftSaver } from './draft-saver.ts'
import { chooseDraft, type LocalDrafts, localDrafts } from './local-drafts.ts'
import { missingOf } from './missing.ts'
import type { TextStorage } from './storage.ts'
import { type PendingSubmit, SubmitQueue } from './submit-queue.ts'
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
  /** Tasks at hand that are not on the screen: fetched ahead, or put aside for one that came back. */
  #ahead: Assignment[] = []
  #prefetching = false
  #prefetchTimer: ReturnType<typeof setTimeout> | undefined
  #disposed = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#drafts = localDrafts(options.storage, options.userId)
    this.#queue = new SubmitQueue({
      storage: options.storage,
      storageKey: `groundwork.submits.${options.userId}`,
      send: (pending) => this.#send(pending),
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
      this.#take(await this.#next(this.#unsentIds()))
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
    clearTimeout(this.#prefetchTimer)
    this.#prefetchTimer = setTimeout(() => void this.#prefetch(), PREFETCH_AFTER_MS)
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
    if (!task || busy || task.stale || missingOf(task.assignment.form, task.answer).length > 0) return false
    const activeMs = this.activeMs
    this.#saver?.stop()
    const next = this.#ahead.shift()
    const pending: PendingSubmit = {
      key: crypto.randomUUID(),
      assignment: task.assignment,
      answer: task.answer,
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
      this.#options.client.skipAssignment({ params: { id }, body: { epoch, reason } }),
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

  #send({ key, assignment, answer, activeMs, wantsNext }: PendingSubmit): Promise<Submitted> {
    return this.#options.client.submitJudgment({
      params: { id: assignment.id },
      body: { epoch: assignment.epoch, answer, activeMs, next: wantsNext, except: this.#heldIds() },
      idempotencyKey: key,
    })
  }

  #acknowledged(pending: PendingSubmit, { judgment, earned, undoUntil, next }: Submitted): void {
    this.#drafts.remove(pending.assignment.task.id)
    if (this.#disposed) return
    this.#options.onEvent({
      kind: 'submitted',
      judgmentId: judgment.id,
      amount: earned.amount,
      state: earned.state,
      late: judgment.late,
      undoMs: Math.min(10_000, Date.parse(undoUntil) - Date.parse(judgment.submittedAt)),
    })
    if (this.store.get().phase === 'waiting') {
      if (pending.wantsNext && pending.assignment.projectId === this.#options.projectId) this.#take(next)
      else void this.load()
    } else this.#schedulePrefetch()
  }

  #refused(pending: PendingSubmit, error: ApiError): void {
    if (this.#disposed) return
    const returned = error.code === 'stale_epoch' || error.code === 'invalid_answer'
    this.#drafts.set(pending.assignment.task.id, {
      answer: pending.answer,
      activeMs: pending.activeMs,
      at: Date.now(),
      synced: false,
    })
    if (returned) this.#bringBack(pending.assignment, error.code === 'stale_epoch')
    else if (this.store.get().phase === 'waiting') void this.load()
    this.#options.onEvent({ kind: 'refused', message: error.message, returned })
  }

  /** Puts a task back on the screen; the present one waits its turn. */
  #bringBack(assignment: Assignment, stale = false): void {
    const { task } = this.store.get()
    if (task && task.assignment.id !== assignment.id) {
      void this.#saver?.flush()
      this.#ahead.unshift({ ...task.assignment, draft: null })
    }
    this.#ahead = this.#ahead.filter((each) => each.id !== assignment.id)
    this.#open(assignment, stale)
  }

  #next(except: string[]): Promise<NextAssignment> {
    const { client, projectId } = this.#options
    return client.nextAssignment({ body: { projectId, except: except.slice(0, 2) } })
  }

  #take(next: NextAssignment): void {
    if (this.#disposed) return
    if (next.assignment) this.#open(next.assignment)
    else this.#close('nothing', next.reason)
  }

  #open(assignment: Assignment, stale = false): void {
    this.#saver?.stop()
    const { answer, activeMs, unsent } = chooseDraft(this.#drafts.get(assignment.task.id), assignment.draft)
    const meter = new ActiveTimeMeter(performance.now(), {
      already: activeMs,
      visible: document.visibilityState === 'visible',
    })
    const saver = new DraftSaver({
      client: this.#options.client,
      drafts: this.#drafts,
      assignment,
      answer,
      meter,
      onState: (save) => {
        this.#setTask({ save })
        this.#set({ offline: save.kind === 'offline' || this.#queue.stuck })
      },
      onLease: (expiresAt) => this.#setTask({ expiresAt, stale: false }),
      onStale: () => {
        this.#setTask({ stale: true })
        this.#options.onEvent({ kind: 'stale' })
      },
    })
    this.#meter = meter
    this.#saver = saver
    const savedAt = assignment.draft ? Date.parse(assignment.draft.savedAt) : null
    this.#set({
      phase: 'working',
      reason: null,
      error: null,
      task: {
        assignment,
        answer,
        save: { kind: savedAt === null ? 'untouched' : 'saved', at: savedAt },
        expiresAt: leaseEnd(assignment),
        stale,
      },
    })
    if (unsent && !stale) saver.change(answer)
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
      await send(task.assignment)
      this.#options.onEvent({ kind: busy === 'skip' ? 'skipped' : 'flagged' })
      const next = this.#ahead.shift()
      if (next) this.#open(next)
      else await this.load()
    })
    this.#set({ busy: null })
  }

  async #prefetch(): Promise<void> {
    const { task, phase } = this.store.get()
    // An unsent answer still holds its place at the server, and two are the most that may be held.
    if (
      this.#prefetching ||
      phase !== 'working' ||
      !task ||
      this.#ahead.length > 0 ||
      this.store.get().unsent > 0
    )
      return
    this.#prefetching = true
    try {
      const { assignment } = await this.#next([task.assignment.id])
      const known = [this.store.get().task?.assignment.id, ...this.#ahead.map((each) => each.id)]
      if (assignment && !this.#disposed && !known.includes(assignment.id)) this.#ahead.push(assignment)
    } catch {
      // Nothing is lost: the next task is then asked for when it is wanted.
    } finally {
      this.#prefetching = false
    }
  }

  #schedulePrefetch(): void {
    clearTimeout(this.#prefetchTimer)
    this.#prefetchTimer = setTimeout(() => void this.#prefetch(), 50)
  }

  #heldIds(): string[] {
    const current = this.store.get().task?.assignment.id
    return [...(current ? [current] : []), ...this.#ahead.map((each) => each.id)].slice(0, 2)
  }

  #unsentIds(): string[] {
    return this.#queue.pending().map((each) => each.assignment.id)
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

/** Until the first answer of the server tells how far its clock is from this one, its times are taken as they are. */
const leaseEnd = (assignment: Assignment): number =>
  Math.min(Date.parse(assignment.expiresAt), Date.now() + assignment.leaseSeconds * 1_000)
