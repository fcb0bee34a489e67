import fc from 'fast-check'
import { expect, test } from 'vitest'
import { presentProject } from '../../apps/server/src/insight/index.ts'
import { getEarnings } from '../../apps/server/src/payouts/get-earnings.ts'
import { AppError } from '../../apps/server/src/platform/index.ts'
import { acceptJudgment } from '../../apps/server/src/tasks/accept-judgment.ts'
import { releasePay } from '../../apps/server/src/tasks/background.ts'
import { correctJudgment, undoCorrection } from '../../apps/server/src/tasks/correct-judgment.ts'
import { flagJudgment, resolveJudgmentFlag } from '../../apps/server/src/tasks/flag-judgment.ts'
import { listMyJudgments } from '../../apps/server/src/tasks/my-judgments.ts'
import { nextAssignment } from '../../apps/server/src/tasks/next-assignment.ts'
import { submitJudgment } from '../../apps/server/src/tasks/submit-judgment.ts'
import { expectInvariants } from '../../apps/server/src/tasks/testing/invariants.ts'
import { testWorkplace } from '../../apps/server/src/tasks/testing/test-workplace.ts'
import { anAnswer } from '../../apps/server/src/tasks/testing/workplace.ts'
import { undoJudgment } from '../../apps/server/src/tasks/undo-judgment.ts'

type Act = {
  kind:
    | 'submit'
    | 'undo'
    | 'correct'
    | 'undo_correction'
    | 'accept'
    | 'flag'
    | 'decide'
    | 'grow_old'
    | 'window_ends'
  pick: number
}
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant('submit' as const) },
    { weight: 5, arbitrary: fc.constant('correct' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('undo' as const, 'undo_correction' as const, 'accept' as const),
    },
    { weight: 4, arbitrary: fc.constantFrom('flag' as const, 'decide' as const) },
    { weight: 1, arbitrary: fc.constantFrom('grow_old' as const, 'window_ends' as const) },
  ),
  pick: fc.nat(5),
})

/** What should be true of one submission and its line of corrections. */
type Line = {
  /** Ids from the submission to the last correction, each with its answer; what was taken back is gone. */
  stand: { id: string; reason: string; old: boolean }[]
  withdrawn: boolean
  accepted: boolean
  windowOver: boolean
  /** The last question of the team about it, and what became of that. */
  flag: { id: string; state: 'open' | 'kept' | 'excluded' } | null
}

const isOpen = (line: Line) =>
  !line.withdrawn && !line.accepted && !line.windowOver && line.flag?.state !== 'excluded'

test('whatever is submitted, taken back, corrected, accepted and flagged, money and counts stay right', async () => {
  const place = await testWorkplace(4)
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const projectId = await place.newProject({ tasks: 6, reviewWindowDays: 7 })
      const trainer = await place.newTrainer()
      const lines: Line[] = []
      const everything: string[] = []
      let words = 0
      for (const { kind, pick } of acts) {
        const line = lines[pick % Math.max(1, lines.length)]
        const last = line?.stand.at(-1)
        const reason = `Reason number ${++words} of this run.`
        const tryTo = async (allowed: boolean, work: () => Promise<void>) => {
          const outcome = await work().then(
            () => true,
            (error: unknown) => {
              if (error instanceof AppError && error.status === 409) return false
              throw error
            },
          )
          expect(outcome, `${kind} ${JSON.stringify(line)}`).toBe(allowed)
          const name = `${kind} ${outcome ? 'done' : 'refused'}`
          seen.set(name, (seen.get(name) ?? 0) + 1)
        }
        if (kind === 'submit') {
          const { assignment } = await nextAssignment(place.deps, trainer, { projectId })
          if (!assignment) continue
          const { judgment } = await submitJudgment(place.deps, trainer, assignment.id, {
            epoch: assignment.epoch,
            answer: anAnswer(reason),
            activeMs: 0,
            next: false,
          })
          everything.push(judgment.id)
          lines.push({
            stand: [{ id: judgment.id, reason, old: false }],
            withdrawn: false,
            accepted: false,
            windowOver: false,
            flag: null,
          })
        } else if (!line || !last) {
        } else if (kind === 'undo' && line.windowOver) {
          // A window of days outlasts the seconds for taking back; only these tests end it sooner.
        } else if (kind === 'undo') {
          const first = line.stand[0]
          await tryTo(!line.withdrawn && !line.accepted && line.stand.length === 1 && !last.old, async () => {
            await undoJudgment(place.deps, trainer, first?.id ?? '')
            line.withdrawn = true
          })
        } else if (kind === 'correct') {
          await tryTo(isOpen(line), async () => {
            const input = { answer: anAnswer(reason), activeMs: 0 }
            const { judgment } = await correctJudgment(place.deps, trainer, last.id, input, reason + trainer)
            // A replay says the same and changes nothing.
            const replayed = await correctJudgment(place.deps, trainer, last.id, input, reason + trainer)
            expect(replayed.judgment).toEqual(judgment)
            everything.push(judgment.id)
            line.stand.push({ id: judgment.id, reason, old: false })
          })
        } else if (kind === 'undo_correction') {
          await tryTo(!line.accepted && !line.withdrawn && line.stand.length > 1 && !last.old, async () => {
            const standing = await undoCorrection(place.deps, trainer, last.id)
            line.stand.pop()
            expect(standing.id).toBe(line.stand.at(-1)?.id)
          })
        } else if (kind === 'accept') {
          await tryTo(!line.withdrawn, async () => {
            await acceptJudgment(place.deps, place.owner, last.id)
            line.accepted = true
          })
        } else if (kind === 'flag') {
          await tryTo(!line.withdrawn && (!line.flag || line.flag.state === 'kept'), async () => {
            const input = { kind: 'careless' as const, note: 'Said within a second.' }
            const { id } = await flagJudgment(place.deps, place.owner, last.id, input)
            line.flag = { id, state: 'open' }
          })
        } else if (kind === 'decide') {
          const { flag } = line
          if (!flag) continue
          await tryTo(!line.withdrawn && flag.state === 'open', async () => {
            const action = pick % 2 ? 'keep' : 'exclude'
            const input = { action, note: 'Looked at again.' } as const
            await resolveJudgmentFlag(place.deps, place.owner, flag.id, input)
            flag.state = action === 'keep' ? 'kept' : 'excluded'
          })
        } else if (kind === 'grow_old') {
          await place.query(
            `update judgments set submitted_at = submitted_at - interval '1 minute' where trainer_id = $1`,
            [trainer],
          )
          for (const each of lines) for (const one of each.stand) one.old = true
        } else {
          await place.query(
            `update judgments set review_until = now() - interval '1 second'
             where (assignment_id, epoch) = (select assignment_id, epoch from judgments where id = $1)`,
            [last.id],
          )
          line.windowOver = true
          await releasePay(place.deps)
        }
      }

      await expectInvariants(place.query)
      const standing = lines.filter((line) => !line.withdrawn)
      const paid = standing.length
      const free = standing.filter((line) => line.accepted || line.windowOver).length
      const { progress } = await presentProject(place.deps, projectId)
      expect(progress.judgments).toBe(paid)
      expect(progress.money.spent.amount).toBe(`${paid}.00`)
      const { balances, week } = await getEarnings(
        place.deps,
        { ...place.owner, userId: trainer },
        { limit: 50 },
      )
      expect(
        balances.find(({ currency }) => currency === 'USD') ?? { available: '0.00', pending: '0.00' },
      ).toMatchObject({
        available: `${free}.00`,
        pending: `${paid - free}.00`,
      })
      expect(week.judgments).toBe(paid)
      const rows = await place.query(
        `select answer ->> 'reason' as reason from judgments
         where trainer_id = $1 and withdrawn_at is null and superseded_at is null`,
        [trainer],
      )
      expect(rows.map((row) => row.reason).sort()).toEqual(
        standing.map((line) => line.stand.at(-1)?.reason).sort(),
      )
      const counted = await place.query(
        `select answer ->> 'reason' as reason from judgments
         where trainer_id = $1 and withdrawn_at is null and superseded_at is null and set_aside is null`,
        [trainer],
      )
      expect(counted.map((row) => row.reason).sort()).toEqual(
        standing
          .filter(({ flag }) => !flag || flag.state === 'kept')
          .map((line) => line.stand.at(-1)?.reason)
          .sort(),
      )
      const { items } = await listMyJudgments(place.deps, trainer, { limit: 200 })
      expect(items.map((item) => item.id).sort()).toEqual(everything.sort())
      expect(
        items
          .filter((item) => item.correctable)
          .map((item) => item.id)
          .sort(),
      ).toEqual(
        lines
          .filter(isOpen)
          .map((line) => line.stand.at(-1)?.id)
          .sort(),
      )
    }),
    { seed: 20_261_122, numRuns: 40, endOnFailure: true },
  )
  for (const kind of ['undo', 'correct', 'undo_correction', 'accept', 'flag', 'decide']) {
    for (const outcome of ['done', 'refused']) {
      expect(seen.get(`${kind} ${outcome}`) ?? 0, `${kind} ${outcome}`).toBeGreaterThan(0)
    }
  }
}, 120_000)
