import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { releasePay, settleProjects, sweepLeases, taskEvents } from './background.ts'
import { projectOf, refusalOf, send } from './testing/http.ts'
import { anAnswer } from './testing/workplace.ts'

let server: TestServer
let team: Awaited<ReturnType<TestServer['newTeam']>>
let reviewer: TestPerson
let viewer: TestPerson
let outsider: Awaited<ReturnType<TestServer['newTeam']>>
let trainer: TestPerson
let other: TestPerson

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  reviewer = await server.addToTeam(team.organizationId, 'reviewer')
  viewer = await server.addToTeam(team.organizationId, 'viewer')
  outsider = await server.newTeam()
  trainer = await server.newTrainer()
  other = await server.newTrainer()
})
afterAll(() => server.close())

async function claim(projectId: string, person = trainer) {
  const answer = await person.client.nextAssignment({ body: { projectId } })
  if (!answer.assignment) throw new Error(answer.reason)
  return answer.assignment
}

const submit = (id: string, person = trainer) =>
  person.client.submitJudgment({
    params: { id },
    body: { epoch: 1, answer: anAnswer(), activeMs: 0, next: false },
  })

async function flagged(options: Parameters<typeof projectOf>[2] = {}) {
  const projectId = await projectOf(server, team, options)
  const { id } = await claim(projectId)
  await trainer.client.flagAssignment({
    params: { id },
    body: { epoch: 1, reason: 'broken_task', comment: 'cut off' },
  })
  const { items } = await viewer.client.listFlags({ params: { id: projectId } })
  const [flag] = items
  if (!flag) throw new Error('no flag')
  return { projectId, flag }
}

/** Moves what the database's clock decides about into the past. */
const inThePast = (text: 'leases' | 'reviews') =>
  server.deps.database.transaction('system', async (tx) => {
    const past = new Date(Date.now() - 60_000)
    if (text === 'leases') {
      await tx.updateTable('assignments').set({ expires_at: past }).where('state', '=', 'live').execute()
    } else
      await tx
        .updateTable('judgments')
        .set({ review_until: past })
        .where('pay_state', '=', 'pending')
        .execute()
  })

/** Posted money of a project by kind of account. */
async function ledgerOf(projectId: string) {
  const { accounts, sums } = await viewer.client.getLedger({ params: { id: projectId } })
  expect(sums.USD ?? '0.00').toBe('0.00')
  const byKind = Map.groupBy(accounts, (each) => each.kind)
  const total = (of: typeof accounts) => of.reduce((sum, each) => sum + Number(each.posted), 0).toFixed(2)
  return Object.fromEntries([...byKind].map(([kind, of]) => [kind, total(of)]))
}

describe('roles', () => {
  test.each(['launch', 'pause', 'finish'])('%s is for managers of the organization', async (change) => {
    const id = await projectOf(server, team)
    const path = `/projects/${id}/${change}`
    expect(await send(server, null, 'POST', path)).toMatchObject({ status: 401, code: 'not_signed_in' })
    expect(await send(server, outsider, 'POST', path)).toMatchObject({ status: 404, code: 'not_found' })
    expect(await send(server, trainer, 'POST', path)).toMatchObject({ status: 404, code: 'not_found' })
    expect(await send(server, reviewer, 'POST', path)).toMatchObject({ status: 403, code: 'wrong_role' })
    expect(await send(server, team, 'POST', path.replace(id, 'none'))).toMatchObject({ status: 400 })
    expect(await send(server, team, 'POST', path.replace(id, randomUUID()))).toMatchObject({ status: 404 })
  })

  test('flags and judgments are for the organization', async () => {
    const { projectId, flag } = await flagged({ tasks: 2 })
    const { judgment } = await submit((await claim(projectId)).id)
    const calls: [string, string, unknown][] = [
      ['GET', `/projects/${projectId}/flags`, undefined],
      ['POST', `/flags/${flag.id}/resolve`, { action: 'resume' }],
      ['POST', `/judgments/${judgment.id}/accept`, undefined],
    ]
    for (const [method, path, body] of calls) {
      expect(await send(server, null, method, path, body)).toMatchObject({ status: 401 })
      for (const person of [outsider, trainer]) {
        expect(await send(server, person, method, path, body), path).toMatchObject({
          status: 404,
          code: 'not_found',
        })
      }
      if (method === 'POST') {
        expect(await send(server, viewer, method, path, body)).toMatchObject({
          status: 403,
          code: 'wrong_role',
        })
      }
      const nobody = path.replace(/[0-9a-f-]{36}/, randomUUID())
      expect(await send(server, reviewer, method, nobody, body)).toMatchObject({
        status: 404,
        code: 'not_found',
      })
    }
    const wrong = await send(server, reviewer, 'POST', `/flags/${flag.id}/resolve`, { action: 'ignore' })
    expect(wrong).toMatchObject({ status: 400, code: 'invalid_input' })
  })
})

describe('project life', () => {
  test('launch opens the slots once, pause hands out nothing, finish is for good', async () => {
    const id = await projectOf(server, team, { tasks: 3, overlap: 2, launch: false })
    expect(await refusalOf(team.client.pauseProject({ params: { id } }))).toMatchObject({
      status: 409,
      code: 'project_closed',
      details: { state: 'draft' },
    })
    expect((await team.client.launchProject({ params: { id } })).progress.slots.open).toBe(6)
    expect((await team.client.pauseProject({ params: { id } })).state).toBe('paused')
    expect((await team.client.launchProject({ params: { id } })).progress.slots.open).toBe(6)
    expect((await team.client.finishProject({ params: { id } })).progress.slots.open).toBe(0)
    expect((await team.client.finishProject({ params: { id } })).state).toBe('finished')
    for (const change of ['launchProject', 'pauseProject'] as const) {
      expect(await refusalOf(team.client[change]({ params: { id } }))).toMatchObject({
        details: { state: 'finished' },
      })
    }
  })

  test('finish gives free money back at once and the rest when leases end, but keeps it for drafts', async () => {
    const id = await projectOf(server, team, { tasks: 4, funds: '10.00' })
    const [own, drafted] = [await claim(id), await claim(id, other)]
    await submit(own.id)
    const second = await claim(id)
    await other.client.saveDraft({
      params: { id: drafted.id },
      body: { epoch: 1, answer: { reason: 'half' }, activeMs: 0 },
    })
    await team.client.finishProject({ params: { id } })
    // 10 in; one paid, two held.
    expect(await ledgerOf(id)).toMatchObject({
      funding_source: '-3.00',
      escrow: '2.00',
      trainer_pending: '1.00',
    })
    await inThePast('leases')
    expect(await sweepLeases(server.deps)).toBe(true)
    await settleProjects(server.deps)
    // The lease without a draft gave its dollar back, the one with a draft keeps it for a late answer.
    expect(await ledgerOf(id)).toMatchObject({ funding_source: '-2.00', escrow: '1.00' })
    const late = await submit(drafted.id, other)
    expect(late).toMatchObject({ judgment: { late: true }, earned: { state: 'pending' } })
    expect(await ledgerOf(id)).toMatchObject({
      funding_source: '-2.00',
      escrow: '0.00',
      trainer_pending: '2.00',
    })
    expect(await refusalOf(submit(second.id))).toMatchObject({
      status: 409,
      code: 'project_closed',
      details: { state: 'finished', draftKept: true },
    })
  })
})

describe('pay', () => {
  test('becomes available when it is accepted, or when the review window ends', async () => {
    const id = await projectOf(server, team, { tasks: 2 })
    const first = await submit((await claim(id)).id)
    await submit((await claim(id)).id)
    await reviewer.client.acceptJudgment({ params: { id: first.judgment.id } })
    await reviewer.client.acceptJudgment({ params: { id: first.judgment.id } })
    expect(await ledgerOf(id)).toMatchObject({ trainer_available: '1.00', trainer_pending: '1.00' })
    expect(await refusalOf(trainer.client.undoJudgment({ params: { id: first.judgment.id } }))).toMatchObject(
      {
        status: 409,
        code: 'conflict',
      },
    )
    await inThePast('reviews')
    expect(await releasePay(server.deps)).toBe(true)
    expect(await ledgerOf(id)).toMatchObject({ trainer_available: '2.00', trainer_pending: '0.00' })
    expect(await releasePay(server.deps)).toBe(false)
  })

  test('of a late answer is owed without funds, and paid from the next ones in the order of submission', async () => {
    const id = await projectOf(server, team, { tasks: 3, funds: '2.00' })
    const late = [await claim(id), await claim(id, other)]
    await inThePast('leases')
    await sweepLeases(server.deps)
    // Others take the money and, in one case, the slot.
    const [third, fourth] = [await server.newTrainer(), await server.newTrainer()]
    for (const person of [third, fourth]) await submit((await claim(id, person)).id, person)
    const receipts = [await submit(late[0]?.id ?? ''), await submit(late[1]?.id ?? '', other)]
    for (const { earned } of receipts) expect(earned).toMatchObject({ state: 'owed', availableAt: null })
    const payStates = async () => {
      const rows = await server.deps.database.transaction('system', (tx) =>
        tx
          .selectFrom('judgments')
          .select('pay_state')
          .where(
            'id',
            'in',
            receipts.map((each) => each.judgment.id),
          )
          .orderBy('submitted_at')
          .execute(),
      )
      return rows.map((row) => row.pay_state)
    }
    const fund = (amount: string) =>
      team.client.fundProject({ params: { id }, body: { amount: { amount, currency: 'USD' } } })
    const funded = taskEvents(server.deps)['project.funded']
    const event = { kind: 'project.funded', organizationId: team.organizationId, payload: { projectId: id } }
    await fund('1.00')
    await funded?.([event])
    expect(await payStates()).toEqual(['pending', 'owed'])
    await fund('1.00')
    await settleProjects(server.deps)
    expect(await payStates()).toEqual(['pending', 'pending'])
    expect(await ledgerOf(id)).toMatchObject({ escrow: '0.00', trainer_pending: '4.00' })
    // The receipt of a replay is the first one.
    expect((await submit(late[0]?.id ?? '')).earned).toEqual(receipts[0]?.earned)
  })
})

describe('flags', () => {
  test('a resumed task is open again for others, a removed one for nobody', async () => {
    const { projectId, flag } = await flagged({ overlap: 2 })
    expect(flag).toMatchObject({ reason: 'broken_task', comment: 'cut off', state: 'open', resolvedBy: null })
    const resolve = (action: 'resume' | 'remove', id = flag.id) =>
      reviewer.client.resolveFlag({ params: { id }, body: { action, note: 'looked at it' } })
    expect(await resolve('resume')).toMatchObject({ state: 'resumed', resolvedBy: 'Test reviewer' })
    expect(await refusalOf(resolve('resume'))).toMatchObject({ status: 409, code: 'conflict' })
    const { id } = await claim(projectId, other)
    await other.client.flagAssignment({ params: { id }, body: { epoch: 1, reason: 'unsafe' } })
    const { items } = await viewer.client.listFlags({ params: { id: projectId } })
    const open = items.filter((each) => each.state === 'open')
    expect(open).toHaveLength(1)
    expect((await resolve('remove', open[0]?.id)).state).toBe('removed')
    const person = await server.newTrainer()
    expect(await person.client.nextAssignment({ body: { projectId } })).toEqual({
      assignment: null,
      reason: 'no_open_slots',
    })
  })

  test('a task with two flags is resumed when both are', async () => {
    const projectId = await projectOf(server, team, { overlap: 3 })
    const held = [await claim(projectId), await claim(projectId, other)]
    const flag = { epoch: 1, reason: 'other' as const }
    await trainer.client.flagAssignment({ params: { id: held[0]?.id ?? '' }, body: flag })
    await other.client.flagAssignment({ params: { id: held[1]?.id ?? '' }, body: flag })
    const person = await server.newTrainer()
    const reasons: unknown[] = []
    for (const { id } of (await viewer.client.listFlags({ params: { id: projectId } })).items) {
      await reviewer.client.resolveFlag({ params: { id }, body: { action: 'resume' } })
      const { assignment } = await person.client.nextAssignment({ body: { projectId } })
      reasons.push(assignment?.projectId ?? null)
    }
    expect(reasons).toEqual([null, projectId])
  })
})
