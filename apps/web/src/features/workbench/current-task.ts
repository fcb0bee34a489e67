import { ApiError, type Client } from '@groundwork/client'
import type { Answer, Assignment, Draft } from '@groundwork/contract'
import { ActiveTimeMeter } from './active-time.ts'
import { DraftSaver } from './draft-saver.ts'
import { chooseDraft, type LocalDraft, type LocalDrafts } from './local-drafts.ts'
import { lostOf } from './refusals.ts'
import { sameAnswer } from './same-answer.ts'
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
  /** What another tab has typed and not sent. */
  #elsewhere: Answer | null = null

  constructor(options: CurrentTaskOptions) {
    this.#options = options
  }

  get task(): OpenTask | null {
    return this.#task
  }
  get activeMs(): number {
    return this.#saver?.activeMs ?? 0
  }
  /** What a submission says about the drafts that it follows. */
  get drafts(): Pick<DraftSaver, 'basedOn' | 'unanswered'> {
    return { basedOn: this.#saver?.basedOn, unanswered: this.#saver?.unanswered ?? [] }
  }
  get isActive(): boolean {
    return this.#meter?.isRunning(performance.now()) ?? false
  }

  /**
   * Puts a task on the screen with the draft to go on with.
   * @param newer what another device has saved meanwhile, for which a submission was refused
   */
  open(assignment: Assignment, lost?: Lost, newer?: Draft): void {
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
      onEdited: (edited) => {
        tabs.send({ kind: 'edited', assignmentId: assignment.id, answer: edited })
        this.#meetTab(edited)
      },
      onRefused: this.#options.onRefused,
    })
    const savedAt = assignment.draft ? Date.parse(assignment.draft.savedAt) : null
    const others = drafts.others(assignment.task.id, answer)
    this.#meter = meter
    this.#saver = saver
    this.#elsewhere = null
    this.#task = {
      assignment,
      answer,
      save: { kind: savedAt === null ? 'untouched' : 'saved', at: savedAt },
      expiresAt: leaseEnd(assignment),
      stale: lost !== undefined,
      lost,
    }
    this.#options.onChange(this.#task)
    if (newer) {
      saver.face(newer)
      this.#set({ mustChoose: true })
    } else if (!lost && !this.#offer(others[0]) && unsent) queueMicrotask(() => saver.change(answer))
  }

  /** Shows a version that another tab of this browser left behind. @returns whether there is one */
  #offer(other: LocalDraft | undefined): boolean {
    if (!other) return false
    const { answer, activeMs, at } = other
    this.#saver?.face({ answer, activeMs, savedAt: new Date(at).toISOString() })
    this.#set({
      conflict: {
        ...this.#task?.conflict,
        answer,
        activeMs,
        savedAt: new Date(at).toISOString(),
        local: true,
      },
    })
    return true
  }

  /** Another tab has something unsent, too: the person says which. */
  #meetTab(answer: Answer): void {
    const other = this.#elsewhere
    if (!other || this.#task?.conflict || this.#task?.lost) return
    if (sameAnswer(other, answer)) this.#elsewhere = null
    else this.#offer({ answer: other, activeMs: 0, at: Date.now(), synced: false })
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
    const { conflict, assignment, answer: mine } = this.#task ?? {}
    if (!conflict || !assignment) return
    const { drafts, tabs } = this.#options
    const answer = version === 'theirs' ? conflict.answer : (mine ?? {})
    this.#set({ conflict: undefined, mustChoose: undefined, answer })
    this.#elsewhere = null
    if (conflict.local) {
      drafts.drop(assignment.task.id, conflict.answer)
      const [next] = drafts.others(assignment.task.id, answer)
      this.#saver?.settle(answer)
      tabs.send({ kind: 'edited', assignmentId: assignment.id, answer, settled: true })
      this.#offer(next)
    } else if (version === 'theirs') this.#saver?.adopt(conflict.answer, conflict.savedAt)
    else this.#saver?.insist(conflict.savedAt)
  }

  /** Asks the server what became of the task and its draft: another device may have gone on with it. */
  async refresh(): Promise<void> {
    const { task } = this
    if (!task || task.lost || task.stale) return
    const { id } = task.assignment
    const isStillOpen = () => this.#task?.assignment.id === id && !this.#task.lost
    try {
      const { assignment } = await this.#options.client.getAssignment({ params: { id } })
      if (isStillOpen() && assignment.draft && this.#saver?.see(assignment.draft)) {
        this.#elsewhere = null
        this.#set({ answer: assignment.draft.answer })
      }
    } catch (error) {
      // Without the server nothing is known; it is asked again the next time.
      const lost = error instanceof ApiError ? lostOf(error) : null
      if (lost && isStillOpen()) {
        this.stop()
        this.#lose(lost)
      }
    }
  }

  /** Another tab has saved or submitted. */
  hear(message: TabMessage): void {
    if (message.assignmentId !== this.#task?.assignment.id) return
    if (message.kind === 'submitted') {
      this.stop()
      this.#lose('submitted')
    } else if (message.kind === 'edited') this.#hearEdited(message.answer, message.settled ?? false)
    else {
      this.#elsewhere = null
      const { conflict, answer } = this.#task
      // While two versions wait for a choice, what was typed here is not given up for a third one.
      if (conflict && !sameAnswer(answer, message.answer)) {
        const { answer: saved, savedAt } = message
        this.#set({ conflict: { answer: saved, activeMs: conflict.activeMs, savedAt } })
      } else if (this.#saver?.adopt(message.answer, message.savedAt))
        this.#set({ answer: message.answer, conflict: undefined })
    }
  }

  #hearEdited(answer: Answer, settled: boolean): void {
    this.#elsewhere = settled ? null : answer
    const { conflict, answer: mine } = this.#task ?? {}
    if (settled && conflict?.local && (sameAnswer(answer, mine) || sameAnswer(answer, conflict.answer))) {
      this.#set({ answer, conflict: undefined })
      this.#saver?.settle(answer)
    } else if (!settled && mine && this.#saver?.isUnsent) this.#meetTab(mine)
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
