import pg from 'pg'

/** Days over which the demo's judgments are spread. */
const DAYS = 9

/**
 * Moves the demo's judgments of an organization, which were all made within seconds, into the last days, with the active time that a person
 * would have needed. Happens once for each, as the owner of the schema: the application itself can change no ledger entry.
 */
export async function moveIntoThePast(ownerUrl: string, organizationId: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'groundwork-demo' })
  await client.connect()
  try {
    await client.query('begin')
    await client.query("select set_config('groundwork.scope', 'system', true)")
    await client.query(`create temp table moved on commit drop as ${history}`, [DAYS, organizationId])
    await client.query(`update judgments j set submitted_at = m.at, active_ms = m.active_ms,
      review_until = m.at + (j.review_until - j.submitted_at) from moved m where m.id = j.id`)
    await client.query(`update assignments a set active_ms = m.active_ms, created_at = m.at - m.took, shown_at = m.at - m.took,
      closed_at = m.at from moved m where m.assignment_id = a.id`)
    for (const table of ['ledger_entries', 'ledger_transfers'])
      await client.query(`alter table ${table} disable trigger user`)
    await client.query(`update ledger_entries e set at = m.at from moved m join ledger_transfers t on t.judgment_id = m.id
      where e.transfer_id = t.id`)
    await client.query(
      'update ledger_transfers t set created_at = m.at from moved m where t.judgment_id = m.id',
    )
    await client.query(
      `update ledger_entries e set at = now() - make_interval(days => $1) from ledger_transfers t
      where t.id = e.transfer_id and t.kind = 'fund' and t.organization_id = $2`,
      [DAYS + 1, organizationId],
    )
    await client.query(
      `update ledger_transfers set created_at = now() - make_interval(days => $1) where kind = 'fund' and organization_id = $2`,
      [DAYS + 1, organizationId],
    )
    for (const table of ['ledger_entries', 'ledger_transfers'])
      await client.query(`alter table ${table} enable trigger user`)
    await client.query(`update tasks t set done_at = last.at from (select task_id, max(at) as at from moved group by task_id) last
      where last.task_id = t.id and t.state = 'done'`)
    await client.query(
      `update tasks set created_at = now() - make_interval(days => $1) where organization_id = $2`,
      [DAYS + 1, organizationId],
    )
    await client.query(
      `update projects set created_at = now() - make_interval(days => $1), launched_at = now() - make_interval(days => $2)
       where organization_id = $3`,
      [DAYS + 1, DAYS, organizationId],
    )
    await client.query('commit')
  } finally {
    await client.end()
  }
}

/** Per judgment its new time (evenly over the days, with an uneven hour) and 60 to 125 % of the estimated seconds. */
const history = `
  select j.id, j.assignment_id, j.task_id,
    now() - make_interval(days => $1) * (1 - (row_number() over by_project - 0.5) / count(*) over (partition by j.project_id))
      - make_interval(mins => abs(hashtext(j.id::text)) % 50) as at,
    active.ms as active_ms, make_interval(secs => active.ms / 1000.0) as took
  from judgments j
  join assignments a on a.id = j.assignment_id
  join pay_terms p on p.project_id = j.project_id and p.version = a.pay_version,
  lateral (select (p.estimate_seconds * (600 + abs(hashtext(j.task_id::text || j.trainer_id::text)) % 650))::int as ms) active
  where j.organization_id = $2 and j.idempotency_key like 'demo:%'
  window by_project as (partition by j.project_id order by j.submitted_at, j.id)`
