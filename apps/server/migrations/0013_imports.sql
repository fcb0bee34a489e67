alter table imports drop constraint imports_state_check;
alter table imports
  add constraint imports_state_check check (state in ('queued', 'running', 'done', 'broken_off', 'canceled')),
  -- Kept as a file and read by a job; otherwise read as it comes in.
  add column background boolean not null default false,
  add column annotations text not null default 'gold' check (annotations in ('ignore', 'reference', 'gold')),
  add column bytes_all bigint,
  add column bytes_read bigint not null default 0,
  -- Tasks and bad rows that are dealt with. It grows in the transaction that stores them, so whoever goes on skips exactly these.
  add column items_done integer not null default 0,
  add column evidence text,
  add column error text,
  add column cancel_wanted boolean not null default false,
  add column attempts integer not null default 0,
  -- Whoever reads the file says so every few seconds.
  add column alive_at timestamptz not null default now();
create index imports_unfinished on imports (alive_at) where state in ('queued', 'running');

-- The bytes of a file that is read in the background; dropped when it is read.
create table import_chunks (
  import_id uuid not null references imports (id) on delete cascade,
  n integer not null,
  organization_id uuid not null,
  bytes bytea not null,
  primary key (import_id, n)
);
alter table import_chunks alter column bytes set storage external;

-- Bad rows beyond the first thousand, for the list that can be downloaded.
create table import_rejects (
  import_id uuid not null references imports (id) on delete cascade,
  item integer not null,
  organization_id uuid not null,
  line integer not null,
  code text not null,
  message text not null,
  primary key (import_id, item)
);

-- What people outside said about a task, as the imported file tells it.
create table reference_judgments (
  task_id uuid not null references tasks (id) on delete cascade,
  n integer not null,
  organization_id uuid not null,
  project_id uuid not null,
  import_id uuid references imports (id) on delete set null,
  -- Null: what the file as a whole concludes.
  annotator text,
  rationale text,
  verdict jsonb not null,
  primary key (task_id, n)
);
create index reference_judgments_project on reference_judgments (project_id);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['import_chunks', 'import_rejects', 'reference_judgments'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy of_organization on %I using (organization_id = (select gw_organization()) or (select gw_system()))',
      tenant_table);
    execute format('grant select, insert, update, delete on %I to groundwork_app', tenant_table);
  end loop;
end $$;
