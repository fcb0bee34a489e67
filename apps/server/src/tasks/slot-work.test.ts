import { expect, test } from 'vitest'
import { finishProject, launchProject, pauseProject } from './change-project-life.ts'
import { nextSlotWork, slotWorkOf } from './slot-work-queries.ts'
import { type TestWorkplace, testWorkplace } from './testing/test-workplace.ts'

const TASKS = 12_000
const OVERLAP = 3

async function largeDraft(place: TestWorkplace): Promise<string> {
  const id = await place.newProject({ tasks: 0, overlap: OVERLAP, launch: false })
  await place.query(
    `insert into tasks (id, organization_id, project_id, dedupe_key, payload)
     select gen_random_uuid(), $1, $2, 'many ' || n, '{"context":[],"candidates":[]}' from generate_series(1, $3::int) n`,
    [place.organizationId, id, TASKS],
  )
  return id
}

/** How many tasks have how many slots in a state. */
async function slotCounts(place: TestWorkplace, id: string, state: number): Promise<Record<string, number>> {
  const rows = await place.query(
    `select slots, count(*)::int as tasks from (
       select t.id, count(s.id)::int as slots from tasks t left join slots s on s.task_id = t.id and s.state = $2
       where t.project_id = $1 group by t.id) counted group by slots`,
    [id, state],
  )
  return Object.fromEntries(rows.map((row) => [row.slots, row.tasks]))
}

const workOf = (place: TestWorkplace, id: string) =>
  place.deps.database.transaction('system', (tx) => slotWorkOf(tx, id))
const step = (place: TestWorkplace, deps = place.deps) => deps.database.transaction('system', nextSlotWork)

test('a large project is live at once with its first tasks, and the others follow with a count', async () => {
  const place = await testWorkplace()
  const id = await largeDraft(place)
  await launchProject(place.deps, place.owner, id)
  expect(await workOf(place, id)).toMatchObject({ kind: 'opening', total: TASKS, done: 5_000 })
  expect(await slotCounts(place, id, 0)).toEqual({ 0: 7_000, 3: 5_000 })
  // Whoever does it may die at any time: what was not finished was not done.
  const killed = place.deps.database.transaction('system', async (tx) => {
    await nextSlotWork(tx)
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  expect(await workOf(place, id)).toMatchObject({ done: 5_000 })
  // Tasks that come in meanwhile bring their slots along, in a pause too; a second launch opens nothing twice.
  await pauseProject(place.deps, place.owner, id)
  const added = await place.addTasks(id, 1, 1)
  expect(added.created).toBe(1)
  await launchProject(place.deps, place.owner, id)
  await launchProject(place.deps, place.owner, id)
  while (await step(place));
  expect(await workOf(place, id)).toBeUndefined()
  expect(await slotCounts(place, id, 0)).toEqual({ 3: TASKS + 1 })
}, 120_000)

test('several processes, of which some are ended in the middle, open each slot once', async () => {
  const place = await testWorkplace()
  const id = await largeDraft(place)
  await Promise.all([1, 2].map(() => launchProject(place.deps, place.owner, id)))
  const others = [place.another(2), place.another(2)]
  let backend = 0
  const doomed = others[0]?.database.transaction('system', async (tx) => {
    const { sql } = await import('../platform/index.ts')
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await nextSlotWork(tx)
    backend = rows[0]?.pid ?? 0
    await place.terminate(backend)
    await nextSlotWork(tx)
  })
  await expect(doomed).rejects.toThrow()
  expect(backend).not.toBe(0)
  await Promise.all(
    [place.deps, ...others].map(async (deps) => {
      while ((await workOf(place, id)) !== undefined) await step(place, deps)
    }),
  )
  expect(await slotCounts(place, id, 0)).toEqual({ 3: TASKS })
}, 120_000)

test('finishing in the middle of a launch opens nothing more and closes everything', async () => {
  const place = await testWorkplace()
  const id = await largeDraft(place)
  await launchProject(place.deps, place.owner, id)
  await Promise.all([step(place), finishProject(place.deps, place.owner, id)])
  while (await step(place));
  expect(await workOf(place, id)).toBeUndefined()
  expect(await slotCounts(place, id, 0)).toEqual({ 0: TASKS })
  const closed = await slotCounts(place, id, 3)
  expect(Object.keys(closed).every((slots) => slots === '0' || slots === '3')).toBe(true)
}, 120_000)

test('the slots of a large project are closed in the background, with a count', async () => {
  const place = await testWorkplace()
  const id = await largeDraft(place)
  await launchProject(place.deps, place.owner, id)
  while (await step(place));
  await finishProject(place.deps, place.owner, id)
  expect(await workOf(place, id)).toMatchObject({ kind: 'closing', total: TASKS * OVERLAP, done: 0 })
  await step(place)
  expect(await workOf(place, id)).toMatchObject({ done: 20_000 })
  while (await step(place));
  expect(await slotCounts(place, id, 3)).toEqual({ 3: TASKS })
}, 120_000)
