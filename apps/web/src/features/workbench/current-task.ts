import type { ApiError, Client } from '@groundwork/client'
import type { Answer, Assignment } from '@groundwork/contract'
import { ActiveTimeMeter } from './active-time.ts'
import { DraftSaver } from './draft-saver.ts'
import { chooseDraft, type LocalDrafts } from './local-drafts.ts'
import type { TabChannel, TabMessage } from './tab-channel.ts'
import type { Lost, OpenTask } from './workbench-state.ts'

export type CurrentTaskOptions = {
  client: Client
  drafts: LocalDrafts
  tabs: TabChannel
  /** The task on the screen is another, or has changed; null: there is none. */
  onChange: (task: OpenTask | null) => void
  onLost: (lost: Lost) => void
  onRefused: (error: ApiError) => void
}

/** The task on the screen: its answer, the meter of its active time, and what keeps both safe, here and where else it is open. */
export class CurrentTask {
  readonly #options: CurrentTaskOptions
  #task: OpenTask | null = null
  #saver: DraftSaver | null = null
  #meter: ActiveTimeMeter | null = null

  constructor(options: CurrentTaskOptions) {
    this.#options = options
  }

  get task(): OpenTask | null {
    return this.#task
  }
  get activeMs(): number {
    return this.#saver?.activeMs ?? 0
  }
  get isActive(): boolean {
    return this.#meter?.isRunning(performance.now()) ?? false
  }

  /** Puts a task on the screen with the draft to go on with. */
  open(assignment: Assignment, lost?: Lost): void {
    this.stop()
    const { client, drafts, tabs } = this.#options
    const { answer, activeMs, unsent, basedOn } = chooseDraft(
      drafts.get(assignment.task.id),
      assignment.draft,
    )
    const meter = new ActiveTimeMeter(performance.now(), {
      already: activeMs,
      visible: document.visibilityState === 'visible',
    })
    const saver = new DraftSaver({
      client,
      drafts,
      assignment,
      answer,
      basedOn,
      meter,
      onState: (save) => this.#set({ save }),
      onLease: (expiresAt) => this.#set({ expiresAt, stale: false, lost: undefined }),
      onSaved: (saved, savedAt) =>
        tabs.send({ kind: 'saved', assignmentId: assignment.id, answer: saved, savedAt }),
      onLost: (why) => this.#lose(why),
      onConflict: (draft) => this.#set({ conflict: draft }),
      onRefused: this.#options.onRefused,
    })
    const savedAt = assignment.draft ? Date.parse(assignment.draft.savedAt) : null
    this.#meter = meter
    this.#saver = saver
    this.#task = {
      assignment,
      answer,
      save: { kind: savedAt === null ? 'untouched' : 'saved', at: savedAt },
      expiresAt: leaseEnd(assignment),
      stale: lost !== undefined,
      lost,
    }
    this.#options.onChange(this.#task)
    if (unsent && !lost) queueMicrotask(() => saver.change(answer))
  }

  close(): void {
    this.stop()
    this.#saver = null
    this.#meter = null
    this.#task = null
    this.#options.onChange(null)
  }

  change(questionId: string, value: unknown): void {
    if (!this.#task) return
    const answer: Answer = { ...this.#task.answer, [questionId]: value }
    if (value === undefined) delete answer[questionId]
    this.#set({ answer })
    this.#saver?.change(answer)
  }

  /** It has been painted: its paid time begins, once. */
  shown(): void {
    if (this.#task?.assignment.shownAt === null) void this.#saver?.show()
  }
  extend(): void {
    void this.#saver?.heartbeat(true)
  }
  sign(): void {
    this.#meter?.sign(performance.now())
  }
  setVisible(visible: boolean): void {
    this.#meter?.setVisible(performance.now(), visible)
    if (!visible) void this.flush({ leaving: true })
  }
  async flush(how: { leaving?: boolean } = {}): Promise<void> {
    await this.#saver?.flush(how)
  }
  /** The page is about to go. */
  leave(): void {
    void this.flush({ leaving: true })
    this.stop()
  }
  /** Nothing is sent any more; what is unsaved stays in this browser. */
  stop(): void {
    this.#saver?.stop()
  }

  /** The assignment is the person's again, under a new epoch; the answer on the screen stays as it is. */
  resumed(assignment: Assignment): void {
    this.#set({ assignment, stale: false, lost: undefined, expiresAt: leaseEnd(assignment) })
    this.#saver?.renew(assignment.epoch)
  }

  /** Goes on with one of the two versions of the answer. */
  choose(version: 'mine' | 'theirs'): void {
    const conflict = this.#task?.conflict
    if (!conflict) return
    this.#set({ conflict: undefined, ...(version === 'theirs' && { answer: conflict.answer }) })
    if (version === 'theirs') this.#saver?.adopt(conflict.answer, conflict.savedAt)
    else this.#saver?.insist(conflict.savedAt)
  }

  /** Another tab has saved or submitted. */
  hear(message: TabMessage): void {
    if (message.assignmentId !== this.#task?.assignment.id) return
    if (message.kind === 'submitted') {
      this.stop()
      this.#lose('submitted')
    } else if (this.#saver?.adopt(message.answer, message.savedAt)) this.#set({ answer: message.answer })
  }

  #lose(lost: Lost): void {
    this.#set({ stale: true, lost })
    this.#options.onLost(lost)
  }

  #set(change: Partial<OpenTask>): void {
    if (!this.#task) return
    this.#task = { ...this.#task, ...change }
    this.#options.onChange(this.#task)
  }
}

/** Until the first answer of the server tells how far its clock is from this one, its times are taken as they are. */
const leaseEnd = (assignment: Assignment): number =>
  Math.min(Date.parse(assignment.expiresAt), Date.now() + assignment.leaseSeconds * 1_000)
