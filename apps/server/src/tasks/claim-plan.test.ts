import { expect, test } from 'vitest'
import { newId } from '../platform/index.ts'
import { claimStatement } from './claim-queries.ts'
import { testWorkplace } from './testing/test-workplace.ts'

type Plan = {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  Alias?: string
  Plans?: Plan[]
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

test('a claim walks the index of open slots in key order, and never scans slots or assignments', async () => {
  const place = await testWorkplace(2)
  const projectId = await place.newProject({ tasks: 0 })
  const others = await place.newProject({ tasks: 200, overlap: 3 })
  for (let batch = 0; batch < 12; batch++) await place.addTasks(projectId, batch * 10_000, 10_000, 5)
  const [size] = await place.query('select count(*)::int as slots from slots')
  expect(size.slots).toBeGreaterThan(100_000)
  const trainer = await place.newTrainer()
  // A trainer with a past: some tasks of both projects are theirs already.
  for (const id of [projectId, others]) {
    await place.query(
      `with h as (
         insert into ledger_holds (id, organization_id, project_id, account_id, currency, amount, state)
         select gen_random_uuid(), $3, $1, id, 'USD', 1, 'released' from ledger_accounts where owner_id = $1 returning id)
       insert into assignments (id, organization_id, project_id, task_id, slot_id, trainer_id, state, expires_at,
         lease_seconds, candidate_order, form_version, guideline_version, pay_version, hold_id)
       select gen_random_uuid(), $3, $1, task_id, min(s.id), $2, 'skipped', now(), 60, '[]', 1, 1, 1, (select id from h)
       from slots s where project_id = $1 group by task_id limit 150`,
      [id, trainer, place.organizationId],
    )
  }
  const statement = claimStatement(
    {
      assignmentId: newId(),
      holdId: newId(),
      projectId,
      trainerId: trainer,
      leaseSeconds: 60,
      formVersion: 1,
      guidelineVersion: 1,
    },
    1_000_000_000,
  ).compile(place.deps.database.db)

  const planOf = async (mode: string) => {
    const client = await place.deps.database.pool.connect()
    try {
      await client.query('begin')
      await client.query(`set local plan_cache_mode = ${mode}`)
      await client.query(
        `select set_config('groundwork.organization', $1, true), set_config('groundwork.person', $2, true)`,
        [place.organizationId, trainer],
      )
      const { rows } = await client.query(`explain (format json) ${statement.sql}`, [...statement.parameters])
      return flat(rows[0]['QUERY PLAN'][0].Plan)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const expectGood = (plan: Plan[]) => {
    const searches = plan.filter(
      (node) =>
        node.Alias?.startsWith('s') &&
        node['Relation Name'] === 'slots' &&
        node['Index Name'] === 'slots_open',
    )
    expect(searches.map((node) => node['Node Type'])).toEqual(['Index Scan', 'Index Scan'])
    const scanned = plan
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'])
    expect(scanned).not.toContain('slots')
    expect(scanned).not.toContain('assignments')
    // A sort would mean that all open slots are read for one.
    expect(plan.filter((node) => node['Node Type'] === 'Sort')).toEqual([])
  }
  // Before the statistics know of the import, after, and as a prepared statement that has forgotten its parameters.
  expectGood(await planOf('force_custom_plan'))
  await place.query('analyze')
  expectGood(await planOf('force_custom_plan'))
  expectGood(await planOf('force_generic_plan'))
})
