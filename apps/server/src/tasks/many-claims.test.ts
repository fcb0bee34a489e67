import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createClient } from '@groundwork/client'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestServer } from '../../../../tests/support/test-server.ts'
import { nextAssignment } from './next-assignment.ts'
import { projectOf } from './testing/http.ts'
import { expectInvariants } from './testing/invariants.ts'
import { testWorkplace } from './testing/test-workplace.ts'
import { anAnswer } from './testing/workplace.ts'

test('hundreds of claims at once: every slot goes out once, and each who gets nothing hears the true reason', async () => {
  const place = await testWorkplace(16)
  const processes = [place.deps, place.another(16)]
  const projectId = await place.newProject({ tasks: 60, overlap: 2 })
  const trainers = await Promise.all(Array.from({ length: 150 }, () => place.newTrainer()))
  // Everybody asks twice at the same moment, as two tabs of a browser would, in two processes.
  const answers = await Promise.all(
    trainers.flatMap((trainer) => processes.map((deps) => nextAssignment(deps, trainer, { projectId }))),
  )
  const given = answers.flatMap((each) => (each.assignment ? [each.assignment.id] : []))
  expect(new Set(given).size).toBe(120)
  const reasons = answers.flatMap((each) => (each.assignment ? [] : [each.reason]))
  expect(new Set(reasons)).toEqual(new Set(['no_open_slots']))
  const [counted] =
    await place.query(`select count(*)::int as live, count(distinct trainer_id)::int as trainers
    from assignments where state = 'live'`)
  expect(counted).toEqual({ live: 120, trainers: 120 })
  await expectInvariants(place.query)
}, 60_000)

test('money for ten: ten of fifty claims at once are given, and the others hear that the funds are out', async () => {
  const place = await testWorkplace(16)
  const projectId = await place.newProject({ tasks: 60, funds: '10.00' })
  const trainers = await Promise.all(Array.from({ length: 50 }, () => place.newTrainer()))
  const answers = await Promise.all(
    trainers.map((trainer) => nextAssignment(place.deps, trainer, { projectId })),
  )
  expect(answers.filter((each) => each.assignment)).toHaveLength(10)
  const reasons = answers.flatMap((each) => (each.assignment ? [] : [each.reason]))
  expect(new Set(reasons)).toEqual(new Set(['out_of_funds']))
  await expectInvariants(place.query)
}, 60_000)

/** A second server in a process of its own, on the same database. */
async function startServer(databaseUrl: string) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('testing/server-process.ts', import.meta.url)), databaseUrl],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  await once(child, 'spawn')
  const [address] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: address.toString().trim(),
    stop: async () => {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

test('two server processes share a database under load: all work is done once and paid once', async () => {
  const server = await createTestServer()
  const other = await startServer(server.ownerUrl)
  try {
    const team = await server.newTeam()
    const projectId = await projectOf(server, team, { tasks: 40, overlap: 3, funds: '120.00' })
    const people = await Promise.all(Array.from({ length: 8 }, () => server.newTrainer()))
    await Promise.all(
      people.map(async (person) => {
        // Every request goes to the other process than the one before.
        const clients = [person.client, createClient({ baseUrl: other.url, apiKey: person.apiKey })] as const
        let turn = 0
        const client = () => clients[turn++ % 2 === 0 ? 0 : 1]
        for (;;) {
          const { assignment } = await client().nextAssignment({ body: { projectId } })
          if (!assignment) return
          const { id, epoch } = assignment
          const answer = anAnswer()
          await client().saveDraft({ params: { id }, body: { epoch, answer, activeMs: 0 } })
          const submit = {
            params: { id },
            body: { epoch, answer, activeMs: 0, next: false },
            idempotencyKey: id,
          }
          // The first answer is lost on the way; the same request reaches both processes.
          const [first, replay] = await Promise.all([
            client().submitJudgment(submit),
            client().submitJudgment(submit),
          ])
          expect(replay).toEqual(first)
        }
      }),
    )
    const { progress } = await team.client.getProject({ params: { id: projectId } })
    expect(progress).toMatchObject({
      tasks: 40,
      tasksDone: 40,
      judgments: 120,
      slots: { open: 0, leased: 0, filled: 120 },
      money: { spent: { amount: '120.00' }, held: { amount: '0.00' }, free: { amount: '0.00' } },
    })
    const owner = new pg.Client({ connectionString: server.ownerUrl })
    await owner.connect()
    await expectInvariants(async (text) => (await owner.query(text)).rows)
    await owner.end()
  } finally {
    await other.stop()
    await server.close()
  }
}, 120_000)
