-- What keeps projects of hundreds of thousands of tasks quick.

-- Tasks that were taken out are few; results leave them out without looking at the others.
create index tasks_removed on tasks (project_id, id) include (organization_id) where state = 'removed';

-- The texts of tasks, for the search of a team. Filled in the background once somebody searches in a large project: an index that is kept up while a
-- file comes in would make imports many times slower. Tasks that are not in it yet are looked through one by one.
create table task_texts (
  task_id uuid primary key references tasks (id) on delete cascade,
  organization_id uuid not null,
  project_id uuid not null,
  content text not null
);
-- How far the texts of a project are in. `ready_to`: tasks up to this number are there for certain, none of them is still being stored.
create table project_searches (
  project_id uuid primary key references projects (id) on delete cascade,
  organization_id uuid not null,
  ready_to bigint not null default 0,
  done_to bigint not null default 0,
  -- Somebody searched, and more was looked through than is quick.
  wanted boolean not null default true
);

-- It comes with Postgres, but a server may lack it: then the texts are looked through without an index.
do $$
begin
  create extension if not exists pg_trgm;
  create index task_texts_content on task_texts using gin (content gin_trgm_ops);
exception when others then
  raise notice 'The search over tasks has no index: %', sqlerrm;
end $$;

-- The external id and every text of a task, a line each.
create function gw_task_text(external_id text, payload jsonb) returns text language sql stable parallel safe
  as $$
    select concat_ws(E'\n', external_id, (select string_agg(said #>> '{}', E'\n') from jsonb_path_query(payload, 'strict $.**.text') said),
      (select string_agg(said #>> '{}', E'\n') from jsonb_path_query(payload, '$.candidates[*].model') said), payload ->> 'reference',
      payload ->> 'metadata')
  $$;

-- The tasks of a project whose texts are like a pattern. Row-level security keeps LIKE away from the index, for the operator could tell what it sees;
-- this function looks with the rights of the owner, and asks for whom itself.
create function gw_find_tasks(project uuid, pattern text) returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, public
  as $$
  begin
    -- Planned with the pattern at hand: of two letters there is nothing in the index.
    return query execute 'select task_id from task_texts where project_id = $1 and content ilike $2
      and (organization_id = (select gw_organization()) or (select gw_system()))' using project, pattern;
  end $$;
revoke all on function gw_find_tasks from public;
grant execute on function gw_find_tasks to groundwork_app;

-- Slots of a large project that are being opened or closed, batch by batch; the row goes when all are.
create table slot_work (
  project_id uuid primary key references projects (id) on delete cascade,
  organization_id uuid not null,
  kind text not null check (kind in ('opening', 'closing')),
  -- Tasks whose slots are opened, or slots that are closed.
  total integer not null,
  done integer not null default 0,
  -- Opening: tasks up to this number have theirs.
  after_seq bigint not null default 0,
  started_at timestamptz not null default now()
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['task_texts', 'project_searches', 'slot_work'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy of_organization on %I using (organization_id = (select gw_organization()) or (select gw_system()))',
      tenant_table);
    execute format('grant select, insert, update, delete on %I to groundwork_app', tenant_table);
  end loop;
end $$;

-- A draft that is deleted is gone for everybody at once; its tasks, which may be many, follow in the background.
alter table projects add column deleted_at timestamptz;
create index projects_deleted on projects (id) where deleted_at is not null;
drop policy of_organization on projects;
create policy of_organization on projects using (
  (organization_id = (select gw_organization()) and deleted_at is null) or (select gw_system()));
-- A task that goes is looked for in everything that could point at it.
create index drafts_task on drafts (task_id);
create index flags_task on flags (task_id);
