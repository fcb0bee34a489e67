import { sql, type Tx } from '../platform/index.ts'
import { MAX_KEY } from './claim-queries.ts'

/** Tasks whose slots are opened in one transaction, and slots that are closed in one. */
const OPEN_AT_ONCE = 5_000
const CLOSE_AT_ONCE = 20_000

export type SlotWork = {
  kind: 'opening' | 'closing'
  total: number
  done: number
  secondsLeft: number | null
}
/** A project with the pay terms and the overlap that slots get now. */
export type SlotTerms = { id: string; organizationId: string; payVersion: number; slots: number }

/** How far the slots of a project are that are being opened or closed; undefined when there is nothing of the kind under way. */
export async function slotWorkOf(tx: Tx, projectId: string): Promise<SlotWork | undefined> {
  const { rows } = await sql<SlotWork>`
    select kind, total, done, case when done > 0 and now() > started_at + interval '1 second'
      then ceil(extract(epoch from now() - started_at) / done * greatest(total - done, 0))::int end as "secondsLeft"
    from slot_work where project_id = ${projectId}`.execute(tx)
  return rows[0]
}

/** Notes that the slots of all tasks of a project are to be opened; those of the first tasks are. */
export async function beginOpening(tx: Tx, terms: SlotTerms): Promise<void> {
  const { first, last } = await openSlotsAfter(tx, terms, 0n)
  if (first < OPEN_AT_ONCE) return
  await sql`
    insert into slot_work (project_id, organization_id, kind, total, done, after_seq)
    select ${terms.id}::uuid, ${terms.organizationId}::uuid, 'opening', count(*)::int, ${first}::int, ${last}::bigint
    from tasks where project_id = ${terms.id}
    on conflict (project_id) do nothing`.execute(tx)
}

/** Closes the open slots of a project; where these are many it only notes that they are to be. Slots that somebody holds stay. */
export async function beginClosing(tx: Tx, project: { id: string; organizationId: string }): Promise<void> {
  // What opens slots at this moment keeps its row; here it is waited for. After it nothing opens any.
  await sql`delete from slot_work where project_id = ${project.id}`.execute(tx)
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from slots where project_id = ${project.id} and state = 0`.execute(tx)
  const total = rows[0]?.open ?? 0
  if (total <= CLOSE_AT_ONCE) {
    await sql`update slots set state = 3 where project_id = ${project.id} and state = 0`.execute(tx)
    return
  }
  await sql`
    insert into slot_work (project_id, organization_id, kind, total)
    values (${project.id}, ${project.organizationId}, 'closing', ${total})`.execute(tx)
}

/**
 * Does the next part of what is under way in one project; several processes share the projects. Needs the system scope.
 * @returns whether there was anything to do
 */
export async function nextSlotWork(tx: Tx): Promise<boolean> {
  const { rows } = await sql<SlotTerms & { kind: SlotWork['kind']; after: bigint }>`
    select w.kind, w.after_seq as after, p.id, p.organization_id as "organizationId", p.pay_version as "payVersion",
      (p.overlap ->> 'judgments')::int as slots
    from slot_work w join projects p on p.id = w.project_id
    order by w.started_at limit 1 for update of w skip locked`.execute(tx)
  const [work] = rows
  if (!work) return false
  const [step, size] =
    work.kind === 'opening'
      ? [await openSlotsAfter(tx, work, work.after), OPEN_AT_ONCE]
      : [await closeSlotsAfter(tx, work.id, work.after), CLOSE_AT_ONCE]
  if (step.first < size) await sql`delete from slot_work where project_id = ${work.id}`.execute(tx)
  else {
    await sql`update slot_work set done = done + ${step.first}, after_seq = ${step.last}::bigint
      where project_id = ${work.id}`.execute(tx)
  }
  return true
}

type Step = { first: number; last: bigint }

/**
 * Opens the slots of the first tasks after a number. A task that has slots gets no more: what was added since the launch brought its own along.
 * @returns how many tasks it looked at, and the number of the last
 */
async function openSlotsAfter(tx: Tx, { id, payVersion, slots }: SlotTerms, after: bigint): Promise<Step> {
  const { rows } = await sql<Step>`
    with next as materialized (
      select id, organization_id, project_id, state, seq from tasks
      where project_id = ${id} and seq > ${after} order by seq limit ${OPEN_AT_ONCE}
    ), opened as (
      insert into slots (organization_id, project_id, task_id, key, pay_version)
      select next.organization_id, next.project_id, next.id, floor(random() * ${MAX_KEY}::float8)::int, ${payVersion}
      from next, generate_series(1, ${slots}::int)
      where next.state = 'open' and not exists (select from slots s where s.task_id = next.id)
    )
    select count(*)::int as first, coalesce(max(seq), 0) as last from next`.execute(tx)
  return rows[0] ?? { first: 0, last: 0n }
}

/** Closes the first open slots from a key on. */
async function closeSlotsAfter(tx: Tx, projectId: string, key: bigint): Promise<Step> {
  const { rows } = await sql<Step>`
    with next as materialized (
      select id, key from slots where project_id = ${projectId} and state = 0 and key >= ${key}
      order by key limit ${CLOSE_AT_ONCE} for update skip locked
    ), closed as (
      update slots set state = 3 where id in (select id from next)
    )
    select count(*)::int as first, coalesce(max(key), 0)::bigint as last from next`.execute(tx)
  return rows[0] ?? { first: 0, last: 0n }
}
