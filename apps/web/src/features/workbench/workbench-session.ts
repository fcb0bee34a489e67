import { type ApiError, type Client, OfflineError } from '@groundwork/client'
import type { Assignment, Draft, NextAssignment, Submitted } from '@groundwork/contract'
import { withoutUnasked } from '@groundwork/contract/checks'
import type { TextStorage } from '../../ui/storage.ts'
import { createStore } from '../../ui/store.ts'
import { CurrentTask } from './current-task.ts'
import { type LocalDrafts, localDrafts } from './local-drafts.ts'
import { missingOf } from './missing.ts'
import { conflictOf, lostOf } from './refusals.ts'
import { byTimer, type PendingSubmit, SubmitQueue, sendPending } from './submit-queue.ts'
import { openTabChannel, type TabChannel } from './tab-channel.ts'
import { TaskRequests } from './task-requests.ts'
import { TaskSupply } from './task-supply.ts'
import {
  canStillSubmit,
  initialState,
  type Lost,
  type WorkbenchEvent,
  type WorkbenchState,
} from './workbench-state.ts'

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
  /** What is on the screen; its acts concern nothing but itself. */
  readonly current: CurrentTask
  /** What else can be asked of the server about it. */
  readonly requests: TaskRequests
  readonly #options: SessionOptions
  readonly #drafts: LocalDrafts
  readonly #queue: SubmitQueue
  readonly #supply: TaskSupply
  readonly #tabs: TabChannel
  #prefetchTimer: ReturnType<typeof setTimeout> | undefined
  #disposed = false

  constructor(options: SessionOptions) {
    const { client, userId, storage, onEvent } = options
    this.#options = options
    this.#drafts = localDrafts(storage, userId)
    this.#supply = new TaskSupply(client, options.projectId)
    this.#tabs = openTabChannel(userId, (message) => {
      this.current.hear(message)
      if (message.kind === 'submitted') this.#supply.forget(message.assignmentId)
    })
    this.current = new CurrentTask({
      client,
      drafts: this.#drafts,
      tabs: this.#tabs,
      onChange: (task) => {
        const before = this.store.get().task
        this.#set({ task })
        if (task && task.save !== before?.save)
          this.#set({ offline: task.save.kind === 'offline' || this.#queue.stuck })
        if (task?.conflict && !before?.conflict) onEvent({ kind: 'conflict' })
      },
      onLost: (lost) => onEvent({ kind: 'lost', lost }),
      onRefused: (error) => onEvent({ kind: 'failed', error }),
    })
    this.requests = new TaskRequests({
      client,
      current: this.current,
      setBusy: (busy) => this.#set({ busy }),
      onEvent: (event) => this.#disposed || onEvent(event),
      bringBack: (assignment) => this.#bringBack(assignment),
      next: () => this.next(),
    })
    this.#queue = new SubmitQueue({
      storage,
      storageKey: `groundwork.submits.${userId}`,
      send: (pending) =>
        sendPending(client, pending, this.#supply.heldIds(this.store.get().task?.assignment.id)),
      onAcknowledged: (pending, result) => this.#acknowledged(pending, result),
      onRefused: (pending, error) => this.#refused(pending, error),
      onChange: () => this.#set({ unsent: this.#queue.pending().length, offline: this.#queue.stuck }),
      later: byTimer,
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
    this.current.leave()
    this.#queue.stop()
    this.#tabs.close()
  }

  /** The link is back: everything that waits goes out at once. */
  online(): void {
    void this.#queue.flush()
    void this.current.flush()
    this.current.extend()
    if (['failed', 'nothing'].includes(this.store.get().phase)) void this.load()
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

  /** Called when the task has been painted. */
  shown(): void {
    this.current.shown()
    this.#schedulePrefetch(PREFETCH_AFTER_MS)
  }

  /**
   * Submits when nothing misses; the next task is on the screen before the server has answered.
   * @returns whether the answer went out; not when it is incomplete, when two versions of it wait for a choice, or when the task is over
   */
  submit(): boolean {
    const { task, busy } = this.store.get()
    if (!task || busy || task.conflict || !canStillSubmit(task.lost)) return false
    if (missingOf(task.assignment.form, task.answer, task.assignment.task).length > 0) return false
    this.current.stop()
    const next = this.#supply.takeAhead()
    const pending: PendingSubmit = {
      key: crypto.randomUUID(),
      assignment: task.assignment,
      answer: withoutUnasked(task.assignment.form, task.answer),
      activeMs: this.current.activeMs,
      ...this.current.drafts,
      wantsNext: next === undefined,
    }
    if (next) this.#open(next)
    else this.#close('waiting')
    this.#queue.add(pending)
    return true
  }

  /** Asks for what was skipped, which is all that is left. */
  async takeUpSkipped(): Promise<void> {
    const { client, projectId, onEvent } = this.#options
    try {
      await client.takeUpSkipped({ body: { projectId } })
    } catch (error) {
      onEvent({ kind: 'failed', error })
    }
    await this.load()
  }

  /** Leaves a task that is over, for the next. */
  async next(): Promise<void> {
    this.current.stop()
    const ahead = this.#supply.takeAhead()
    if (ahead) this.#open(ahead)
    else await this.load()
  }

  #acknowledged(pending: PendingSubmit, { judgment, earned, undoUntil, next }: Submitted): void {
    this.#drafts.forget(pending.assignment.task.id, pending.answer)
    this.#tabs.send({ kind: 'submitted', assignmentId: pending.assignment.id })
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

  #refused({ assignment, answer, activeMs, basedOn }: PendingSubmit, error: ApiError): void {
    const newer = conflictOf(error)
    const draft = { answer, activeMs, at: Date.now(), synced: false, ...(newer && { basedOn }) }
    this.#drafts.set(assignment.task.id, draft)
    if (this.#disposed) return
    if (newer && assignment.projectId === this.#options.projectId) {
      this.#bringBack(assignment, undefined, newer)
      return
    }
    const lost = error.code === 'stale_epoch' ? lostOf(error) : null
    const returned =
      assignment.projectId === this.#options.projectId && (lost !== null || error.code === 'invalid_answer')
    if (returned) this.#bringBack(assignment, lost ?? undefined)
    else if (this.store.get().phase === 'waiting') void this.load()
    this.#options.onEvent({ kind: 'refused', message: error.message, returned })
  }

  /** Puts a task back on the screen; the present one waits its turn. */
  #bringBack(assignment: Assignment, lost?: Lost, newer?: Draft): void {
    const { task } = this.current
    if (task && task.assignment.id !== assignment.id) {
      void this.current.flush()
      this.#supply.putAside(task.assignment)
    }
    this.#open(assignment, lost, newer)
  }

  #take(next: NextAssignment): void {
    if (this.#disposed) return
    // The last task may have been fetched ahead at the same moment; the server then knows of no other.
    const assignment = next.assignment ?? this.#supply.takeAhead()
    if (assignment) this.#open(assignment)
    else if (next.assignment === null) this.#close('nothing', next.reason, next.skipped)
    else this.#close('nothing')
  }

  #open(assignment: Assignment, lost?: Lost, newer?: Draft): void {
    this.#supply.forget(assignment.id)
    this.current.open(assignment, lost, newer)
    this.#set({ phase: 'working', reason: null, error: null })
    this.#options.onEvent({ kind: 'opened', assignment })
  }

  #close(phase: 'nothing' | 'waiting', reason: WorkbenchState['reason'] = null, skipped = 0): void {
    this.#set({ phase, reason, skipped })
    this.current.close()
  }

  async #prefetch(): Promise<void> {
    const { task } = this.store.get()
    // An unsent answer still holds its place at the server, and two are the most that may be held.
    if (!task || this.store.get().unsent > 0) return
    const fetched = await this.#supply.fetchAhead(task.assignment)
    if (this.#disposed) return
    if (fetched && fetched.id === this.store.get().task?.assignment.id) return this.current.resumed(fetched)
    if (fetched) this.#options.onEvent({ kind: 'fetched', assignment: fetched })
    if (!['waiting', 'nothing'].includes(this.store.get().phase)) return
    // The person was faster: what has come is wanted now.
    const assignment = this.#supply.takeAhead()
    if (assignment) this.#open(assignment)
  }

  #schedulePrefetch(ms: number): void {
    clearTimeout(this.#prefetchTimer)
    this.#prefetchTimer = setTimeout(() => void this.#prefetch(), ms)
  }

  #set(change: Partial<WorkbenchState>): void {
    this.store.set({ ...this.store.get(), ...change })
  }
}
