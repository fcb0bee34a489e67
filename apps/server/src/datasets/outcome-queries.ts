import type { ConsensusValue, Form } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

export type OutcomeRow = {
  key: string
  tasks: number
  answers: number
  marked: number
  values: { value: string; count: number }[]
  means: { target: string | null; mean: number; spread: number | null; most: number; tasks: number }[]
}
export type SplitRow = { taskId: string; key: string }
export type OutcomeRows = { items: OutcomeRow[]; total: number; split: SplitRow[] }

/** The list of marks in a consensus, and what of a mark says what it is. */
const marksOf: Partial<Record<Form['questions'][number]['type'], readonly [list: string, field: string]>> = {
  spans: ['spans', 'category'],
  boxes: ['boxes', 'label'],
  sources: ['claims', 'verdict'],
}

/**
 * What the consensus of all tasks of a project comes to, added up in one pass over them; tasks that were taken out are not among them. `split` holds
 * the `most` tasks of at least two people on which these differ most, each with the key on which they do.
 */
export async function outcomeRows(tx: Tx, projectId: string, form: Form, most: number): Promise<OutcomeRows> {
  const asked = form.questions.map(({ id, type }) => {
    const [list = null, field = null] = marksOf[type] ?? []
    return { id, type, list, field }
  })
  const { rows } = await sql<OutcomeRows>`
    with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as q (id text, type text, list text, field text)
    ), parts as materialized (
      select c.task_id, c.judgments, each.key, q.type, q.list, q.field, each.value as whole, each.value -> 'value' as value
      from task_consensus c cross join lateral jsonb_each(c.consensus) each
      join asked q on q.id = split_part(each.key, '.', 1)
      where c.project_id = ${projectId}
        and c.task_id not in (select id from tasks where project_id = ${projectId} and state = 'removed')
    ), facts as (
      -- What a value says, a row each: a word to be counted, or a figure to be averaged.
      select p.key, f.target, f.word, f.figure from parts p cross join lateral (
        select null::text as target, case when jsonb_typeof(p.value) = 'string' then p.value #>> '{}' else 'undecided' end as word,
          null::float8 as figure
        where p.type in ('preference', 'choice')
        union all
        select null, case jsonb_typeof(p.value) when 'array' then case
            when exists (select from jsonb_each(${sharesOf(sql`p.whole`)}) s where s.value::float8 > 0) then 'no_majority' else 'none' end
          else 'undecided' end, null
        where p.type = 'multichoice' and coalesce(p.value, 'null') in ('[]', 'null')
        union all
        select null, chosen, null
        from jsonb_array_elements_text(case when p.type = 'multichoice' and jsonb_typeof(p.value) = 'array' then p.value else '[]' end) chosen
        union all
        select null, case when jsonb_typeof(p.value) is distinct from 'object' then 'undecided' else coalesce((
            select step.n::text from jsonb_array_elements(p.value -> 'steps') with ordinality as step (said, n)
            where step.said -> 'label' = '-1' order by step.n limit 1), 'none') end, null
        where p.type = 'steps'
        union all
        select null, mark ->> p.field, null from jsonb_array_elements(
          case when p.list is not null and jsonb_typeof(p.value -> p.list) = 'array' then p.value -> p.list else '[]' end) mark
        union all
        select null, null, (p.value #>> '{}')::float8 where p.type = 'scale' and jsonb_typeof(p.value) = 'number'
        union all
        select ranked ->> 'candidate', null, (ranked ->> 'rank')::float8 from jsonb_array_elements(
          case when p.type = 'ranking' and jsonb_typeof(p.value -> 'ranks') = 'array' then p.value -> 'ranks' else '[]' end) ranked
      ) f
    ), words as (
      select key, jsonb_agg(jsonb_build_object('value', word, 'count', n) order by n desc, word) as list
      from (select key, word, count(*)::int as n from facts where word is not null group by key, word) counted group by key
    ), figures as (
      select key, jsonb_agg(jsonb_build_object('target', target, 'mean', mean, 'spread', spread, 'most', most, 'tasks', n) order by target) as list
      from (select key, target, avg(figure) as mean, stddev_samp(figure) as spread, max(figure) as most, count(*)::int as n
        from facts where figure is not null group by key, target) averaged group by key
    ), totals as (
      select key, count(*)::int as tasks, sum(coalesce((whole ->> 'answers')::int, 1))::int as answers,
        count(*) filter (where list is not null and jsonb_array_length(coalesce(value -> list, '[]')) > 0)::int as marked
      from parts group by key
    ), apart as (
      -- How far people are apart: 0 for one voice.
      select distinct on (task_id) task_id, key, distance from (
        select task_id, key, case
          when type in ('preference', 'choice', 'scale') then
            1 - (select max(s.value::float8) from jsonb_each(${sharesOf(sql`whole`)}) s where s.value::float8 > 0)
          when type = 'multichoice' then
            (select max(least(s.value::float8, 1 - s.value::float8)) from jsonb_each(${sharesOf(sql`whole`)}) s where s.value::float8 > 0)
          else 1 - (whole ->> 'agreement')::float8 end as distance
        from parts where judgments >= 2
      ) each where distance > 0.005
      order by task_id, distance desc, key
    )
    select
      coalesce((select jsonb_agg(jsonb_build_object('key', t.key, 'tasks', t.tasks, 'answers', t.answers, 'marked', t.marked,
          'values', coalesce(w.list, '[]'), 'means', coalesce(f.list, '[]')) order by t.key)
        from totals t left join words w using (key) left join figures f using (key)), '[]') as items,
      (select count(*)::int from apart) as total,
      coalesce((select jsonb_agg(jsonb_build_object('taskId', task_id, 'key', key) order by distance desc, task_id)
        from (select * from apart order by distance desc, task_id limit ${most}) first), '[]') as split`.execute(
    tx,
  )
  return rows[0] ?? { items: [], total: 0, split: [] }
}

/**
 * The share of the people who gave each value, as JSON; by the votes where they are known. A distribution that weighs people by how reliable they
 * are is doubtful of some answers on which all agree.
 */
const sharesOf = (consensus: ReturnType<typeof sql>) => sql`
  case when ${consensus} ? 'votes' and (${consensus} ->> 'answers')::int > 0 then coalesce((
      select jsonb_object_agg(given.key, coalesce((${consensus} -> 'votes' ->> given.key)::float8, 0) / (${consensus} ->> 'answers')::float8)
      from jsonb_object_keys(${consensus} -> 'distribution') as given (key)), '{}')
    else coalesce(${consensus} -> 'distribution', '{}') end`

export type KnownRow = {
  seq: bigint
  known: Record<string, unknown>
  consensus: Record<string, ConsensusValue> | null
}

/** A page of tasks with a known answer after a number, with their consensus. */
export async function knownPage(
  tx: Tx,
  projectId: string,
  after: bigint,
  limit: number,
): Promise<KnownRow[]> {
  const { rows } = await sql<KnownRow>`
    select t.seq, t.gold as known, c.consensus from tasks t left join task_consensus c on c.task_id = t.id
    where t.project_id = ${projectId} and t.seq > ${after} and t.gold is not null and t.state <> 'removed'
    order by t.seq limit ${limit}`.execute(tx)
  return rows
}
