import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError, type Deps } from '../platform/index.ts'
import { sweepLeases } from './background.ts'
import { correctJudgment, undoCorrection } from './correct-judgment.ts'
import { flagTask } from './flag-task.ts'
import { keepDraft } from './keep-assignment.ts'
import { nextAssignment } from './next-assignment.ts'
import { resumeAssignment } from './resume-assignment.ts'
import { skipAssignment } from './skip-assignment.ts'
import { submitJudgment } from './submit-judgment.ts'
import { type CrashAt, crashing, isBroken } from './testing/crashing.ts'
import { expectInvariants } from './testing/invariants.ts'
import { type TestWorkplace, testWorkplace } from './testing/test-workplace.ts'
import { anAnswer } from './testing/workplace.ts'
import { undoJudgment } from './undo-judgment.ts'

const TRAINERS = 4

/** What one trainer does; `pick` says with which of the assignments that it knows, `stale` that it uses the epoch before. */
type Act = {
  trainer: number
  kind:
    | 'claim'
    | 'draft'
    | 'submit'
    | 'submit_incomplete'
    | 'replay'
    | 'skip'
    | 'flag'
    | 'resume'
    | 'undo'
    | 'correct'
    | 'undo_correction'
    | 'expire'
  pick: number
  stale: boolean
  crash: CrashAt | null
  /** Through the second process. */
  elsewhere: boolean
}

const act: fc.Arbitrary<Act> = fc.record({
  trainer: fc.nat(TRAINERS - 1),
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('claim' as const) },
    { weight: 6, arbitrary: fc.constant('submit' as const) },
    { weight: 3, arbitrary: fc.constantFrom('draft' as const, 'expire' as const, 'undo' as const) },
    { weight: 2, arbitrary: fc.constantFrom('correct' as const, 'undo_correction' as const) },
    { weight: 1, arbitrary: fc.constantFrom('skip' as const, 'flag' as const, 'resume' as const) },
    { weight: 2, arbitrary: fc.constantFrom('replay' as const, 'submit_incomplete' as const) },
  ),
  pick: fc.nat(3),
  stale: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  crash: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('while_writing' as const, 'before_commit' as const) },
  ),
  elsewhere: fc.boolean(),
})

/** What a trainer's own program knows: what it was answered, never what the database holds. */
type Known = {
  assignments: { id: string; taskId: string; epoch: number }[]
  submits: { id: string; epoch: number; key: string; reason: string }[]
  judgments: { id: string; receipt: string }[]
  undone: Set<string>
  maybeUndone: Set<string>
  /** Tasks with a draft that was acknowledged. */
  drafted: Set<string>
}

class Simulation {
  readonly trainers: { id: string; known: Known }[]
  readonly place: TestWorkplace
  readonly projectId: string
  readonly second: Deps
  readonly unexpected: unknown[] = []
  #words = 0

  readonly reached: (what: string) => void

  constructor(
    place: TestWorkplace,
    second: Deps,
    projectId: string,
    ids: string[],
    reached: (what: string) => void,
  ) {
    this.reached = reached
    this.place = place
    this.second = second
    this.projectId = projectId
    this.trainers = ids.map((id) => ({
      id,
      known: {
        assignments: [],
        submits: [],
        judgments: [],
        undone: new Set(),
        maybeUndone: new Set(),
        drafted: new Set(),
      },
    }))
  }

  async perform(what: Act): Promise<void> {
    const trainer = this.trainers[what.trainer]
    if (!trainer) return
    const healthy = what.elsewhere ? this.second : this.place.deps
    const deps = what.crash ? crashing(healthy, what.crash, this.place.terminate) : healthy
    try {
      await this.#do(deps, what, trainer.id, trainer.known)
      this.reached(`${what.kind} done`)
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return this.reached(`${what.kind} ${error.code}`)
      if (what.crash && isBroken(error)) return this.reached(`${what.kind} broken`)
      this.unexpected.push({ what, error: String(error), stack: error instanceof Error ? error.stack : '' })
    }
  }

  async #do(deps: Deps, what: Act, id: string, known: Known): Promise<void> {
    const mine = known.assignments[what.pick % Math.max(1, known.assignments.length)]
    const epoch = mine ? Math.max(1, mine.epoch - (what.stale ? 1 : 0)) : 1
    const reason = `Reason number ${++this.#words} of this run.`
    switch (what.kind) {
      case 'claim': {
        const except = what.pick === 0 ? known.assignments.slice(-1).map((each) => each.id) : []
        const { assignment } = await nextAssignment(deps, id, { projectId: this.projectId, except })
        if (assignment) this.#learn(known, assignment)
        return
      }
      case 'draft': {
        if (!mine) return
        await keepDraft(deps, id, mine.id, { epoch, answer: { reason }, activeMs: 5 })
        known.drafted.add(mine.taskId)
        return
      }
      case 'submit': {
        if (!mine) return
        const submit = { id: mine.id, epoch, key: `${id}-${this.#words}`, reason }
        known.submits.push(submit)
        return this.#submit(deps, id, known, submit, what.pick % 2 === 0)
      }
      case 'replay': {
        const submit = known.submits.at(-1 - what.pick)
        return submit && this.#submit(deps, id, known, submit, false)
      }
      case 'submit_incomplete': {
        if (!mine) return
        await submitJudgment(deps, id, mine.id, { epoch, answer: { reason }, activeMs: 0, next: false })
        return
      }
      case 'skip':
        return mine && skipAssignment(deps, id, mine.id, { epoch, reason: '' })
      case 'flag':
        return mine && flagTask(deps, id, mine.id, { epoch, reason: 'other', comment: '' })
      case 'resume': {
        if (mine) this.#learn(known, await resumeAssignment(deps, id, mine.id))
        return
      }
      case 'undo': {
        const last = known.judgments.at(-1)
        if (!last) return
        known.maybeUndone.add(last.id)
        this.#learn(known, await undoJudgment(deps, id, last.id))
        known.undone.add(last.id)
        return
      }
      case 'correct': {
        const last = known.judgments.at(-1 - what.pick)
        if (!last) return
        await correctJudgment(deps, id, last.id, { answer: anAnswer(reason), activeMs: 3 })
        return
      }
      case 'undo_correction': {
        const rows = await this.place.query(
          'select id from judgments where trainer_id = $1 and supersedes is not null order by id desc limit 1',
          [id],
        )
        if (rows[0]) await undoCorrection(deps, id, rows[0].id)
        return
      }
      case 'expire': {
        // Anybody's, at any time: the clock asks nobody.
        const everybody = this.trainers.flatMap((each) => each.known.assignments)
        const one = everybody[(what.pick * 7 + this.#words) % Math.max(1, everybody.length)]
        if (!one) return
        await this.place.endLease(one.id)
        await sweepLeases(deps)
        return
      }
    }
  }

  async #submit(
    deps: Deps,
    id: string,
    known: Known,
    submit: Known['submits'][number],
    next: boolean,
  ): Promise<void> {
    const input = { epoch: submit.epoch, answer: anAnswer(submit.reason), activeMs: 7, next }
    const answer = await submitJudgment(deps, id, submit.id, input, submit.key)
    const receipt = JSON.stringify([answer.judgment, answer.earned, answer.undoUntil])
    const before = known.judgments.find((each) => each.id === answer.judgment.id)
    if (before) expect(receipt).toBe(before.receipt)
    else known.judgments.push({ id: answer.judgment.id, receipt })
    if (answer.next.assignment) this.#learn(known, answer.next.assignment)
  }

  #learn(known: Known, assignment: { id: string; epoch: number; task: { id: string } }): void {
    const entry = { id: assignment.id, taskId: assignment.task.id, epoch: assignment.epoch }
    const at = known.assignments.findIndex((each) => each.id === entry.id)
    if (at >= 0) known.assignments[at] = entry
    else known.assignments.push(entry)
  }

  /** Whatever was acknowledged is there. */
  async expectNothingLost(): Promise<void> {
    for (const { id, known } of this.trainers) {
      const judgments = await this.place.query(
        'select id, task_id, withdrawn_at from judgments where trainer_id = $1',
        [id],
      )
      const drafts = await this.place.query('select task_id from drafts where trainer_id = $1', [id])
      for (const judgment of known.judgments) {
        const row = judgments.find((each) => each.id === judgment.id)
        expect(row, 'an acknowledged judgment').toBeDefined()
        if (known.undone.has(judgment.id)) expect(row.withdrawn_at).not.toBeNull()
        else if (!known.maybeUndone.has(judgment.id)) expect(row.withdrawn_at).toBeNull()
      }
      for (const taskId of known.drafted) {
        const kept = [...drafts, ...judgments].some((row) => row.task_id === taskId)
        expect(kept, 'an acknowledged draft, or the judgment that it became').toBe(true)
      }
    }
  }
}

/** One after the other: a lease runs out, others take all slots and all money, and the answer comes after all. */
const lateAndOwed: Act[][] = [
  ...acts(0, ['claim', 0], ['expire', 0]),
  ...[1, 2, 3].flatMap((trainer) =>
    acts(trainer, ['claim', 1], ['submit', 0], ['submit', 1], ['claim', 1], ['submit', 2]),
  ),
  ...acts(0, ['submit', 0]),
]

function acts(trainer: number, ...kinds: [kind: Act['kind'], pick: number][]): Act[][] {
  return kinds.map(([kind, pick]) => [{ trainer, kind, pick, stale: false, crash: null, elsewhere: false }])
}

test('claims, drafts, submits, skips, flags, expiries, undos and replays at once, with broken connections', async () => {
  const place = await testWorkplace(6)
  const second = place.another(6)
  const seen = new Map<string, number>()
  const reached = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 4, maxLength: 14 }),
      fc.constantFrom('2.00', '5.00', '100.00'),
      fc.constantFrom(0, 7),
      async (waves, funds, reviewWindowDays) => {
        const projectId = await place.newProject({ tasks: 3, overlap: 2, funds, reviewWindowDays })
        const ids = await Promise.all(Array.from({ length: TRAINERS }, () => place.newTrainer()))
        const simulation = new Simulation(place, second, projectId, ids, reached)
        for (const wave of waves) await Promise.all(wave.map((each) => simulation.perform(each)))
        expect(simulation.unexpected).toEqual([])
        await simulation.expectNothingLost()
        await expectInvariants(place.query)
      },
    ),
    { seed: 20_261_121, numRuns: 60, endOnFailure: true, examples: [[lateAndOwed, '6.00', 7]] },
  )
  // What the runs never reach they cannot show.
  for (const kind of [
    'claim',
    'draft',
    'submit',
    'replay',
    'skip',
    'flag',
    'resume',
    'undo',
    'correct',
    'undo_correction',
    'expire',
  ]) {
    expect(seen.get(`${kind} done`), `${kind} done`).toBeGreaterThan(0)
  }
  for (const kind of [
    'submit stale_epoch',
    'submit_incomplete invalid_answer',
    'claim broken',
    'submit broken',
  ]) {
    expect(seen.get(kind), kind).toBeGreaterThan(0)
  }
  const [kinds] = await place.query(`
    select bool_or(late) as late, bool_or(pay_state = 'owed') as owed, bool_or(withdrawn_at is not null) as withdrawn,
      bool_or(epoch > 1) as retaken from judgments`)
  expect(kinds).toEqual({ late: true, owed: true, withdrawn: true, retaken: true })
}, 120_000)
