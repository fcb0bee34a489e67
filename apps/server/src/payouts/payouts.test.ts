import { ApiError, createClient } from '@groundwork/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeOne, liveProject } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { sql } from '../platform/index.ts'
import { textCell } from './csv-rules.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})

afterAll(() => server.close())

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      return [error.code, error.issues[0]?.path].filter(Boolean).join(' ')
    },
  )

/** Changes rows behind the application's back: time that passed. */
const asOwner = (statement: ReturnType<typeof sql>) =>
  server.deps.database.transaction('system', (tx) => statement.execute(tx))

test('the earnings of somebody who has earned nothing', async () => {
  const trainer = await server.newTrainer()
  const earnings = await trainer.client.getEarnings()
  expect(earnings).toMatchObject({ balances: [], statement: [], nextCursor: null, nextReleaseAt: null })
  expect(earnings.week).toMatchObject({ earned: [], activeMs: 0, judgments: 0, trueWage: [] })
  expect(earnings.week.days).toHaveLength(7)
})

test('pay is pending, then available; one line for each judgment; wage counts all active time', async () => {
  const trainer = await server.newTrainer({ timeZone: 'Pacific/Auckland' })
  const project = await liveProject(team, { tasks: 4 })
  const results = [
    await judgeOne(trainer, project.id),
    await judgeOne(trainer, project.id),
    await judgeOne(trainer, project.id),
  ]
  const [first] = results
  await team.client.acceptJudgment({ params: { id: first?.judgment.id ?? '' } })
  // Reported time is bounded by the clock; these took a minute each.
  await asOwner(sql`update judgments set active_ms = 60000 where trainer_id = ${trainer.userId}`)

  const earnings = await trainer.client.getEarnings()
  expect(earnings.balances).toEqual([{ currency: 'USD', available: '0.50', pending: '1.00' }])
  expect(
    earnings.statement.map((line) => [line.kind, line.state, line.amount.amount, line.activeMs]),
  ).toEqual([
    ['pay', 'pending', '0.50', 60_000],
    ['pay', 'pending', '0.50', 60_000],
    ['pay', 'available', '0.50', 60_000],
  ])
  expect(earnings.statement[0]).toMatchObject({ projectId: project.id, projectName: 'A project' })
  expect(earnings.week).toMatchObject({
    earned: [{ amount: '1.50', currency: 'USD' }],
    judgments: 3,
    activeMs: 180_000,
    trueWage: [{ amount: '30.00', currency: 'USD' }],
  })
  const [day] = earnings.week.days.filter((each) => each.judgments > 0)
  const dayThere = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Auckland' })
  expect(day).toMatchObject({
    date: dayThere.format(new Date(first?.judgment.submittedAt ?? 0)),
    judgments: 3,
  })
  expect(new Date(earnings.nextReleaseAt ?? 0).getTime()).toBeGreaterThan(Date.now())

  const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
  if (!assignment) throw new Error('nothing to skip')
  await trainer.client.skipAssignment({ params: { id: assignment.id }, body: { epoch: assignment.epoch } })
  await asOwner(sql`update assignments set active_ms = 60000 where id = ${assignment.id}`)
  const afterSkip = await trainer.client.getEarnings()
  expect(afterSkip.week).toMatchObject({ activeMs: 240_000, trueWage: [{ amount: '22.50' }] })
})

test('a submission taken back leaves its pay and its reversal on the statement, and nothing on the balance', async () => {
  const trainer = await server.newTrainer()
  const project = await liveProject(team)
  const { judgment } = await judgeOne(trainer, project.id)
  await trainer.client.undoJudgment({ params: { id: judgment.id } })
  const earnings = await trainer.client.getEarnings()
  expect(earnings.balances).toEqual([{ currency: 'USD', available: '0.00', pending: '0.00' }])
  expect(earnings.statement.map((line) => [line.kind, line.amount.amount])).toEqual([
    ['reversal', '-0.50'],
    ['pay', '0.50'],
  ])
  expect(earnings.week).toMatchObject({ earned: [], judgments: 0 })
})

test('the statement comes in pages and can be narrowed to a project and to days', async () => {
  const trainer = await server.newTrainer()
  const [one, two] = [await liveProject(team, { tasks: 3 }), await liveProject(team, { tasks: 2 })]
  for (const { id } of [one, one, one, two, two]) await judgeOne(trainer, id)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof trainer.client.getEarnings>> = await trainer.client.getEarnings({
      query: { limit: 2, ...(cursor ? { cursor } : {}) },
    })
    seen.push(...page.statement.map((line) => line.id))
    cursor = page.nextCursor
  } while (cursor)
  const all = await trainer.client.getEarnings()
  expect(seen).toEqual(all.statement.map((line) => line.id))
  expect(new Set(seen).size).toBe(5)
  const ofTwo = await trainer.client.getEarnings({ query: { projectId: two.id } })
  expect(ofTwo.statement).toHaveLength(2)
  const today = all.week.days.at(-1)?.date ?? ''
  const yesterday = all.week.days.at(-2)?.date ?? ''
  expect((await trainer.client.getEarnings({ query: { from: today, to: today } })).statement).toHaveLength(5)
  expect((await trainer.client.getEarnings({ query: { to: yesterday } })).statement).toHaveLength(0)
})

test('the statement as CSV has a line for each movement and no formulas', async () => {
  const trainer = await server.newTrainer()
  const project = await liveProject(team)
  await team.client.updateProject({
    params: { id: project.id },
    body: { name: '=HYPERLINK("http://x", "y")' },
  })
  const { judgment } = await judgeOne(trainer, project.id)
  await trainer.client.undoJudgment({ params: { id: judgment.id } })
  const response = await trainer.client.getEarningsCsv()
  expect(response.headers.get('content-type')).toContain('text/csv')
  const [header, reversal, pay, end] = (await response.text()).split('\r\n')
  expect(header).toBe('at,kind,project,judgment,active_seconds,amount,currency,state')
  expect(reversal).toContain(`,reversal,"'=HYPERLINK(""http://x"", ""y"")",${judgment.id},,-0.50,USD,pending`)
  expect(pay).toMatch(/,pay,.*,\d+(\.\d+)?,0\.50,USD,pending$/)
  expect(end).toBe('')
})

test('a spreadsheet never takes a text cell for a formula', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) {
    expect(textCell(`${start}1`).replace(/^"/, '')).toMatch(/^'/)
  }
  expect(textCell('plain')).toBe('plain')
  expect(textCell('say "hi", you')).toBe('"say ""hi"", you"')
})

test('a bad cursor, period or field is refused', async () => {
  const { client } = await server.newTrainer()
  expect(await codeOf(client.getEarnings({ query: { cursor: 'x' } }))).toBe('invalid_input cursor')
  expect(await codeOf(client.getEarnings({ query: { limit: 0 } }))).toBe('invalid_input limit')
  expect(await codeOf(client.getEarnings({ query: { from: '2026-02-30' } }))).toBe('invalid_input from')
  const backwards = { from: '2026-02-02', to: '2026-02-01' }
  expect(await codeOf(client.getEarnings({ query: backwards }))).toBe('invalid_input to')
  expect(await codeOf(client.getEarningsCsv({ query: backwards }))).toBe('invalid_input to')
  expect(await codeOf(client.getEarnings({ query: { projectId: 'mine' } }))).toBe('invalid_input projectId')
})

test('earnings are for trainers, and each sees only their own', async () => {
  const nobody = createClient({ baseUrl: server.url })
  expect(await codeOf(nobody.getEarnings())).toBe('not_signed_in')
  expect(await codeOf(nobody.getEarningsCsv())).toBe('not_signed_in')
  expect(await codeOf(team.client.getEarnings())).toBe('not_a_trainer')
  expect(await codeOf(team.client.getEarningsCsv())).toBe('not_a_trainer')
  const [one, other] = [await server.newTrainer(), await server.newTrainer()]
  const project = await liveProject(team)
  await judgeOne(one, project.id)
  const own = await one.client.getEarnings()
  const query = { projectId: project.id, cursor: own.statement[0]?.id ?? '' }
  expect((await other.client.getEarnings({ query })).statement).toEqual([])
  expect((await other.client.getEarnings()).balances).toEqual([])
})
