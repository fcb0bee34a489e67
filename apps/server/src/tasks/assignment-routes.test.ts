import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { sweepLeases } from './background.ts'
import { projectOf, refusalOf, send } from './testing/http.ts'
import { anAnswer } from './testing/workplace.ts'

let server: TestServer
let team: Awaited<ReturnType<TestServer['newTeam']>>
let trainer: TestPerson
let stranger: TestPerson

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  trainer = await server.newTrainer()
  stranger = await server.newTrainer()
})
afterAll(() => server.close())

async function claim(projectId: string, person = trainer) {
  const answer = await person.client.nextAssignment({ body: { projectId } })
  if (!answer.assignment) throw new Error(answer.reason)
  return answer.assignment
}

/** Makes a lease end and the sweep find it. */
async function expire(id: string) {
  await server.deps.database.transaction('system', async (tx) => {
    await tx
      .updateTable('assignments')
      .set({ expires_at: new Date(0) })
      .where('id', '=', id)
      .execute()
  })
  await sweepLeases(server.deps)
}

const submission = (epoch = 1) => ({ epoch, answer: anAnswer(), activeMs: 0, next: false })

describe('every call of a trainer', () => {
  const id = randomUUID()
  const calls: [method: string, path: string, body: unknown, wrong: unknown][] = [
    ['POST', '/assignments/next', {}, { projectId: 'no id' }],
    ['POST', `/assignments/${id}/show`, { epoch: 1 }, { epoch: 0 }],
    [
      'PUT',
      `/assignments/${id}/draft`,
      { epoch: 1, answer: {}, activeMs: 0 },
      { epoch: 1, answer: {}, activeMs: -1 },
    ],
    ['POST', `/assignments/${id}/heartbeat`, { epoch: 1, activeMs: 0 }, { epoch: 1, activeMs: 'soon' }],
    [
      'POST',
      `/assignments/${id}/submit`,
      { epoch: 1, answer: {}, activeMs: 0 },
      { epoch: 1, answer: [], activeMs: 0 },
    ],
    ['POST', `/assignments/${id}/skip`, { epoch: 1 }, { epoch: 1, why: 'unknown field' }],
    ['POST', `/assignments/${id}/flag`, { epoch: 1, reason: 'other' }, { epoch: 1, reason: 'because' }],
    ['GET', `/assignments/${id}`, undefined, undefined],
    ['POST', `/assignments/${id}/resume`, undefined, undefined],
    ['POST', `/judgments/${id}/undo`, undefined, undefined],
    ['GET', '/work', undefined, undefined],
  ]

  test.each(calls)('%s %s needs a signed-in trainer', async (method, path, body) => {
    expect(await send(server, null, method, path, body)).toMatchObject({ status: 401, code: 'not_signed_in' })
    expect(await send(server, team, method, path, body)).toMatchObject({ status: 403, code: 'not_a_trainer' })
  })

  test.each(calls.filter((call) => call[3] !== undefined))(
    '%s %s says what is wrong with its input',
    async (...call) => {
      const [method, path, , wrong] = call
      expect(await send(server, trainer, method, path, wrong)).toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
    },
  )

  test.each(calls.filter((call) => call[1].includes(id)))(
    '%s %s of an unknown id is not found',
    async (...call) => {
      const [method, path, body] = call
      expect(await send(server, trainer, method, path, body)).toMatchObject({
        status: 404,
        code: 'not_found',
      })
      const bad = path.replace(id, 'not-an-id')
      expect(await send(server, trainer, method, bad, body)).toMatchObject({
        status: 400,
        code: 'invalid_input',
      })
    },
  )

  test("somebody else's assignment and judgment are not found", async () => {
    const projectId = await projectOf(server, team, { tasks: 2 })
    const { id: own } = await claim(projectId)
    const { judgment } = await trainer.client.submitJudgment({ params: { id: own }, body: submission() })
    const { id: held } = await claim(projectId)
    for (const [method, path, body] of calls.filter((call) => call[1].includes(id))) {
      const there = path.replace(id, path.startsWith('/judgments') ? judgment.id : held)
      expect(await send(server, stranger, method, there, body), `${method} ${there}`).toMatchObject({
        status: 404,
        code: 'not_found',
      })
    }
  })
})

describe('next', () => {
  test('hands back what is held, oldest first, and claims no more than two', async () => {
    const projectId = await projectOf(server, team, { tasks: 5 })
    const first = await claim(projectId)
    expect(await claim(projectId)).toEqual(first)
    const next = (except: string[]) => trainer.client.nextAssignment({ body: { projectId, except } })
    const second = (await next([first.id])).assignment
    expect(second?.task.id).not.toBe(first.task.id)
    expect((await next([first.id])).assignment?.id).toBe(second?.id)
    expect(await refusalOf(next([first.id, second?.id ?? '']))).toMatchObject({
      status: 409,
      code: 'conflict',
    })
  })

  test('says why there is nothing', async () => {
    const reason = async (projectId: string, person = trainer) => {
      const answer = await person.client.nextAssignment({ body: { projectId } })
      return answer.assignment ? 'work' : answer.reason
    }
    expect(await reason(await projectOf(server, team, { tasks: 0 }))).toBe('no_open_slots')
    expect(await reason(await projectOf(server, team, { funds: null }))).toBe('out_of_funds')
    expect(await reason(await projectOf(server, team, { audience: { countries: ['PT'] } }))).toBe(
      'not_qualified',
    )

    const done = await projectOf(server, team, { overlap: 2 })
    await trainer.client.submitJudgment({ params: { id: (await claim(done)).id }, body: submission() })
    expect(await reason(done)).toBe('all_done_by_you')
    expect(await reason(done, stranger)).toBe('work')
    await team.client.pauseProject({ params: { id: done } })
    expect(await reason(done)).toBe('project_paused')
    await team.client.finishProject({ params: { id: done } })
    expect(await reason(done)).toBe('in_review')
    expect(await reason(done, await server.newTrainer())).toBe('no_open_slots')
  })

  test('does not know drafts and projects that do not exist', async () => {
    const draft = await projectOf(server, team, { launch: false })
    for (const projectId of [draft, randomUUID()]) {
      expect(await refusalOf(trainer.client.nextAssignment({ body: { projectId } }))).toMatchObject({
        status: 404,
      })
    }
  })

  test('without a project: what is held anywhere, then what pays best an hour', async () => {
    const person = await server.newTrainer({ country: 'IS' })
    const audience = { countries: ['IS'] }
    const pay = (hourly: string) => ({ currency: 'USD' as const, hourly, estimateSeconds: 60 })
    const low = await projectOf(server, team, { audience, pay: pay('200.00'), tasks: 3 })
    const high = await projectOf(server, team, { audience, pay: pay('250.00'), tasks: 3 })
    const next = async (except: string[] = []) =>
      (await person.client.nextAssignment({ body: { except } })).assignment
    const first = await next()
    expect(first?.projectId).toBe(high)
    await person.client.skipAssignment({ params: { id: first?.id ?? '' }, body: { epoch: 1 } })
    const held = await claim(low, person)
    expect((await next())?.id).toBe(held.id)
    // What is begun comes before what pays better.
    expect((await next([held.id]))?.projectId).toBe(low)
  })
})

describe('submit', () => {
  test('pays into the review window, or at once without one', async () => {
    const [week, none] = [
      await projectOf(server, team),
      await projectOf(server, team, { reviewWindowDays: 0 }),
    ]
    const pending = await trainer.client.submitJudgment({
      params: { id: (await claim(week)).id },
      body: submission(),
    })
    expect(pending.earned.state).toBe('pending')
    const days =
      (Date.parse(pending.earned.availableAt ?? '') - Date.parse(pending.judgment.submittedAt)) / 86_400_000
    expect(days).toBeCloseTo(7, 1)
    expect(Date.parse(pending.undoUntil) - Date.parse(pending.judgment.submittedAt)).toBe(10_000)
    const available = await trainer.client.submitJudgment({
      params: { id: (await claim(none)).id },
      body: submission(),
    })
    expect(available.earned.state).toBe('available')
  })

  test('refuses an incomplete answer and keeps it', async () => {
    const { id } = await claim(await projectOf(server, team))
    const answer = { reason: 'only a reason' }
    const refused = await refusalOf(
      trainer.client.submitJudgment({ params: { id }, body: { ...submission(), answer } }),
    )
    expect(refused).toMatchObject({ status: 400, code: 'invalid_answer' })
    expect(refused.details).toMatchObject({ issues: [{ path: 'answer.preference', code: 'required' }] })
    const { assignment } = await trainer.client.getAssignment({ params: { id } })
    expect(assignment.draft?.answer).toEqual(answer)
    for (const wrong of [{ nonsense: 1 }, { preference: { outcome: 'a', strength: 2 } }]) {
      const body = { ...submission(), answer: wrong }
      expect(await refusalOf(trainer.client.submitJudgment({ params: { id }, body }))).toMatchObject({
        code: 'invalid_answer',
      })
    }
  })

  test('answers a replay with the first receipt, with and without a key, and another body with 422', async () => {
    const { id } = await claim(await projectOf(server, team))
    const call = (idempotencyKey?: string, body = submission()) =>
      trainer.client.submitJudgment({ params: { id }, body, ...(idempotencyKey ? { idempotencyKey } : {}) })
    const first = await call('key-1')
    expect(await call('key-1')).toEqual(first)
    expect(await refusalOf(call('key-1', { ...submission(), activeMs: 9 }))).toMatchObject({
      status: 422,
      code: 'idempotency_mismatch',
    })
    // Another key is another request, and the assignment is closed.
    expect(await refusalOf(call('key-2'))).toMatchObject({ status: 409, code: 'stale_epoch' })

    const other = await claim(await projectOf(server, team))
    const plain = () => trainer.client.submitJudgment({ params: { id: other.id }, body: submission() })
    expect(await plain()).toEqual(await plain())
    expect(
      await refusalOf(
        trainer.client.submitJudgment({
          params: { id: other.id },
          body: submission(),
          idempotencyKey: 'key-1',
        }),
      ),
    ).toMatchObject({ status: 422 })
  })

  test('hands out the next assignment, or none when asked', async () => {
    const projectId = await projectOf(server, team, { tasks: 3 })
    const first = await claim(projectId)
    const { next } = await trainer.client.submitJudgment({
      params: { id: first.id },
      body: { ...submission(), next: true },
    })
    expect(next.assignment?.projectId).toBe(projectId)
    const last = await trainer.client.submitJudgment({
      params: { id: next.assignment?.id ?? '' },
      body: submission(),
    })
    expect(last.next.assignment).toBeNull()
  })

  test.each(['pause', 'finish'] as const)('is taken and paid after the project was %sd', async (change) => {
    const projectId = await projectOf(server, team)
    const { id } = await claim(projectId)
    await team.client[`${change}Project`]({ params: { id: projectId } })
    const { judgment, earned } = await trainer.client.submitJudgment({ params: { id }, body: submission() })
    expect(judgment.late).toBe(false)
    expect(earned.state).toBe('pending')
  })
})

describe('drafts and leases', () => {
  test('a draft renews the lease, is there again, and counts no more time than has passed', async () => {
    const { id, expiresAt } = await claim(await projectOf(server, team))
    const shown = await trainer.client.showAssignment({ params: { id }, body: { epoch: 1 } })
    expect(Date.parse(shown.expiresAt)).toBeGreaterThanOrEqual(Date.parse(expiresAt))
    const answer = { reason: 'half a thought' }
    const saved = await trainer.client.saveDraft({
      params: { id },
      body: { epoch: 1, answer, activeMs: 3_600_000 },
    })
    expect(saved.activeMs).toBeLessThan(60_000)
    const beat = await trainer.client.heartbeat({ params: { id }, body: { epoch: 1, activeMs: 0 } })
    expect(beat.activeMs).toBe(saved.activeMs)
    const { assignment } = await trainer.client.getAssignment({ params: { id } })
    expect(assignment.draft).toMatchObject({ answer, activeMs: saved.activeMs })
    expect(assignment.shownAt).not.toBeNull()
    expect(
      await refusalOf(
        trainer.client.saveDraft({ params: { id }, body: { epoch: 1, answer: { other: 1 }, activeMs: 0 } }),
      ),
    ).toMatchObject({ status: 400, code: 'invalid_answer' })
  })

  test('after the lease a draft is kept, refused as stale, and comes back with the work', async () => {
    const projectId = await projectOf(server, team, { tasks: 20 })
    const { id } = await claim(projectId)
    await expire(id)
    const answer = { reason: 'typed after the lease' }
    expect(
      await refusalOf(trainer.client.saveDraft({ params: { id }, body: { epoch: 1, answer, activeMs: 0 } })),
    ).toMatchObject({ status: 409, code: 'stale_epoch', details: { state: 'expired', draftKept: true } })
    const { assignment } = await trainer.client.resumeAssignment({ params: { id } })
    expect(assignment).toMatchObject({ id, epoch: 2, draft: { answer } })
    expect(
      await refusalOf(trainer.client.heartbeat({ params: { id }, body: { epoch: 1, activeMs: 0 } })),
    ).toMatchObject({ status: 409, code: 'stale_epoch' })
  })

  test('cannot be resumed once somebody else has the slot, and can be submitted all the same', async () => {
    const projectId = await projectOf(server, team)
    const { id } = await claim(projectId)
    await expire(id)
    await claim(projectId, stranger)
    expect(await refusalOf(trainer.client.resumeAssignment({ params: { id } }))).toMatchObject({
      status: 409,
      details: { reason: 'slot_taken' },
    })
    const late = await trainer.client.submitJudgment({ params: { id }, body: submission() })
    expect(late.judgment.late).toBe(true)
    expect(late.undoUntil).toBe(late.judgment.submittedAt)
  })
})

describe('skip, flag and undo', () => {
  test('a skipped task goes to somebody else and does not come back by itself', async () => {
    const projectId = await projectOf(server, team)
    const { id, task } = await claim(projectId)
    await trainer.client.skipAssignment({ params: { id }, body: { epoch: 1, reason: 'not my field' } })
    expect(await trainer.client.nextAssignment({ body: { projectId } })).toEqual({
      assignment: null,
      reason: 'skipped_by_you',
      skipped: 1,
    })
    expect((await claim(projectId, stranger)).task.id).toBe(task.id)
    expect(
      await refusalOf(trainer.client.skipAssignment({ params: { id }, body: { epoch: 1 } })),
    ).toMatchObject({ status: 409, code: 'stale_epoch' })
  })

  test('a flagged task waits for the team; others who hold it may finish', async () => {
    const projectId = await projectOf(server, team, { overlap: 3 })
    const { id } = await claim(projectId)
    const other = await claim(projectId, stranger)
    await trainer.client.flagAssignment({
      params: { id },
      body: { epoch: 1, reason: 'broken_task', comment: 'cut off' },
    })
    const third = await server.newTrainer()
    expect(await third.client.nextAssignment({ body: { projectId } })).toEqual({
      assignment: null,
      reason: 'no_open_slots',
    })
    const { judgment } = await stranger.client.submitJudgment({
      params: { id: other.id },
      body: submission(),
    })
    expect(judgment.late).toBe(false)
  })

  test('a submission is taken back within ten seconds, once', async () => {
    const projectId = await projectOf(server, team)
    const { id } = await claim(projectId)
    const { judgment } = await trainer.client.submitJudgment({ params: { id }, body: submission() })
    const { assignment } = await trainer.client.undoJudgment({ params: { id: judgment.id } })
    expect(assignment).toMatchObject({ id, epoch: 2, draft: { answer: anAnswer() } })
    expect(await refusalOf(trainer.client.undoJudgment({ params: { id: judgment.id } }))).toMatchObject({
      status: 409,
      code: 'conflict',
    })
    const again = await trainer.client.submitJudgment({ params: { id }, body: submission(2) })
    await server.deps.database.transaction('system', async (tx) => {
      const past = new Date(Date.parse(again.judgment.submittedAt) - 11_000)
      await tx
        .updateTable('judgments')
        .set({ submitted_at: past })
        .where('id', '=', again.judgment.id)
        .execute()
    })
    expect(await refusalOf(trainer.client.undoJudgment({ params: { id: again.judgment.id } }))).toMatchObject(
      {
        status: 409,
        code: 'undo_expired',
      },
    )
  })
})

test('the list of work says what is open, what it pays, and why there is none', async () => {
  const person = await server.newTrainer({ country: 'MT' })
  const audience = { countries: ['MT'] }
  const open = await projectOf(server, team, { audience, tasks: 12, overlap: 2, reviewWindowDays: 0 })
  const shut = await projectOf(server, team, { audience: { countries: ['PT'] } })
  const draft = await projectOf(server, team, { audience, launch: false })
  for (let index = 0; index < 11; index++) {
    const { id } = await claim(open, person)
    await person.client.saveDraft({ params: { id }, body: { epoch: 1, answer: {}, activeMs: 1 } })
    await person.client.submitJudgment({ params: { id }, body: { ...submission(), activeMs: 60_000 } })
  }
  const { projects } = await person.client.listWork()
  const of = (id: string) => projects.find((each) => each.id === id)
  expect(of(open)).toMatchObject({
    openToYou: 1,
    doneByYou: 11,
    inProgress: false,
    reason: null,
    pay: {
      perJudgment: { amount: '1.00', currency: 'USD' },
      hourly: { amount: '60.00' },
      estimateSeconds: 60,
    },
  })
  expect(Number(of(open)?.trueWage?.amount)).toBeGreaterThan(0)
  expect(of(shut)).toMatchObject({ openToYou: 0, reason: 'not_qualified', trueWage: null })
  expect(of(draft)).toBeUndefined()
  await claim(open, person)
  expect((await person.client.listWork()).projects[0]).toMatchObject({ id: open, inProgress: true })
})
