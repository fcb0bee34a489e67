import { expect } from 'vitest'

type Query = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>

/** Each names what would break invariants 1 to 3 of docs/ARCHITECTURE.md and finds the rows that do. */
const violations: Record<string, string> = {
  'a slot with more than one live assignment, or a live assignment whose slot is not leased': `
    select s.id from slots s left join assignments a on a.slot_id = s.id and a.state = 'live'
    group by s.id, s.state having count(a.id) <> (case when s.state = 1 then 1 else 0 end)`,
  'two assignments of one trainer and task': `
    select trainer_id, task_id from assignments group by 1, 2 having count(*) > 1`,
  'more live assignments of one trainer in a project than two claimed and one taken back': `
    select trainer_id, project_id from assignments where state = 'live' group by 1, 2 having count(*) > 3`,
  'a filled slot without exactly one counted judgment': `
    select s.id from slots s
      left join assignments a on a.slot_id = s.id and a.state = 'submitted'
      left join judgments j on j.assignment_id = a.id and j.withdrawn_at is null and j.superseded_at is null
        and not j.late
    group by s.id, s.state having count(j.id) <> (case when s.state = 2 then 1 else 0 end)`,
  'a submitted assignment without exactly one standing judgment': `
    select a.id from assignments a left join judgments j on j.assignment_id = a.id and j.withdrawn_at is null
      and j.superseded_at is null
    group by a.id, a.state having count(j.id) <> (case when a.state = 'submitted' then 1 else 0 end)`,
  'a live assignment without an open hold of its pay': `
    select a.id from assignments a join ledger_holds h on h.id = a.hold_id
      join pay_terms p on p.project_id = a.project_id and p.version = a.pay_version
    where a.state = 'live' and (h.state <> 'open' or h.amount <> p.per_judgment)`,
  'an open hold that no live assignment needs': `
    select h.id from ledger_holds h where h.state = 'open'
      and not exists (select from assignments a where a.hold_id = h.id and a.state = 'live')`,
  'a judgment whose pay in the ledger is not what it says': `
    select j.id from judgments j
      left join ledger_transfers t on t.judgment_id = j.id and t.kind = 'pay'
        and not exists (select from ledger_transfers r where r.reverses_id = t.id)
      left join ledger_entries e on e.transfer_id = t.id and e.amount > 0
    group by j.id, j.pay_state, j.pay
    having coalesce(sum(e.amount), 0) <> (case when j.pay_state in ('pending', 'available') then j.pay else 0 end)`,
  'a correction that is paid, or a line of corrections without exactly one judgment that is': `
    select c.id from judgments c
      left join judgments j on j.assignment_id = c.assignment_id and j.epoch = c.epoch and j.supersedes is null
    where c.supersedes is not null
    group by c.id, c.pay having c.pay <> 0 or count(j.id) <> 1`,
  'a judgment that is corrected without a correction that stands, or the other way round': `
    select j.id from judgments j left join judgments c on c.supersedes = j.id and c.withdrawn_at is null
    group by j.id, j.superseded_at having count(c.id) <> (case when j.superseded_at is null then 0 else 1 end)`,
  'a standing judgment that is set aside without its flag, or counts with one': `
    select j.id from judgments j
      left join judgment_flags f on f.assignment_id = j.assignment_id and f.epoch = j.epoch and f.state in ('open', 'excluded')
    where j.withdrawn_at is null and j.superseded_at is null and j.set_aside is distinct from f.state`,
  'a transfer that does not sum to zero': `
    select transfer_id from ledger_entries group by transfer_id, currency having sum(amount) <> 0 or count(*) < 2`,
  'a cached balance that is not its entries less its open holds': `
    select a.id from ledger_accounts a
    where a.available is not null and a.available <>
      coalesce((select sum(amount) from ledger_entries e where e.account_id = a.id), 0)
      - coalesce((select sum(amount) from ledger_holds h where h.account_id = a.id and h.state = 'open'), 0)`,
  'a task that is done with slots still wanted, or not done with none': `
    select t.id from tasks t join slots s on s.task_id = t.id where t.state in ('open', 'done')
    group by t.id, t.state having (t.state = 'done') <> bool_and(s.state = 2)`,
  'a submission without its event, or a withdrawal without one': `
    select j.id from judgments j
      left join outbox o on o.payload ->> 'judgmentId' = j.id::text
    group by j.id, j.withdrawn_at, j.supersedes
    having count(*) filter (where o.kind = case when j.supersedes is null then 'judgment.submitted' else 'judgment.corrected' end) <> 1
      or count(*) filter (where o.kind = case when j.supersedes is null then 'judgment.withdrawn'
        else 'judgment.correction_withdrawn' end) <> (case when j.withdrawn_at is null then 0 else 1 end)`,
}

/** Asserts that nothing in the database breaks the invariants of work and pay. Nothing may have taken events out of the outbox. */
export async function expectInvariants(query: Query): Promise<void> {
  const broken: Record<string, unknown[]> = {}
  for (const [what, text] of Object.entries(violations)) {
    const rows = await query(text)
    if (rows.length > 0) broken[what] = rows
  }
  expect(broken).toEqual({})
}
