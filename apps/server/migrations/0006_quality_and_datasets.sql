-- Every run that decided something: by what means, on what, with what outcome. See docs/decisions/0011-consensus-in-two-levels.md.
create table consensus_runs (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  project_id uuid not null references projects (id),
  -- quick: the touched tasks only; full: one inference over all judgments of the project.
  level text not null check (level in ('quick', 'full')),
  method text not null,
  -- Of the library.
  version text not null,
  parameters jsonb not null default '{}',
  seed integer,
  -- With judgments that count, in the whole project.
  tasks integer not null default 0,
  judgments integer not null default 0,
  notes jsonb not null default '[]',
  -- Null until it is complete.
  duration_ms integer,
  agreement jsonb,
  confidence double precision,
  gold jsonb,
  -- When it began, and once it is complete when it ended.
  at timestamptz not null default now()
);
create index consensus_runs_project on consensus_runs (project_id, at desc);

create table task_consensus (
  task_id uuid primary key references tasks (id),
  organization_id uuid not null,
  project_id uuid not null,
  judgments integer not null default 0,
  -- By question id: {value, confidence, distribution, strength}
  consensus jsonb not null default '{}',
  confidence double precision,
  -- A judgment came or went since it was computed.
  stale boolean not null default true,
  -- Which judgments it was computed from (a hash of their ids), and by which run.
  basis text,
  run_id uuid references consensus_runs (id),
  updated_at timestamptz not null default now()
);
create index task_consensus_project on task_consensus (project_id);
create index task_consensus_stale on task_consensus (project_id, task_id) where stale;
-- Old runs are forgotten once no task points at them.
create index task_consensus_run on task_consensus (run_id);

-- What the last full run learnt of the crowd, by question: lets a single judgment be weighed without inferring anew. Little-endian doubles.
create table consensus_models (
  project_id uuid not null references projects (id),
  question text not null,
  organization_id uuid not null,
  run_id uuid not null references consensus_runs (id),
  classes text[] not null,
  trainers uuid[] not null,
  log_prior bytea not null,
  evidence bytea not null,
  primary key (project_id, question)
);

-- How often a person is right on a project's first question: posterior mean and 95 % credible interval, of the last full run.
create table project_reliability (
  project_id uuid not null references projects (id),
  trainer_id uuid not null references users (id),
  organization_id uuid not null,
  judgments integer not null,
  reliability double precision not null check (reliability between 0 and 1),
  low double precision not null,
  high double precision not null,
  run_id uuid not null references consensus_runs (id),
  updated_at timestamptz not null default now(),
  primary key (project_id, trainer_id),
  check (low <= high)
);

create table imports (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  project_id uuid not null references projects (id),
  format text not null,
  file_name text,
  field_map text,
  state text not null default 'running' check (state in ('running', 'done', 'broken_off')),
  created integer not null default 0,
  duplicates integer not null default 0,
  rejected_count integer not null default 0,
  rejected jsonb not null default '[]',
  started_by uuid references users (id),
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index imports_project on imports (project_id, started_at desc);

create table exports (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  project_id uuid not null references projects (id),
  format text not null,
  container text not null,
  options jsonb not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
  progress double precision not null default 0,
  rows bigint,
  dropped jsonb,
  error text,
  created_by uuid references users (id),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index exports_project on exports (project_id, created_at desc);

create table export_files (
  export_id uuid not null references exports (id) on delete cascade,
  name text not null,
  organization_id uuid not null,
  bytes bigint not null,
  sha256 text not null,
  primary key (export_id, name)
);

-- The bytes of export files, in the database so that any process can serve what another one wrote.
create table export_chunks (
  export_id uuid not null references exports (id) on delete cascade,
  name text not null,
  n integer not null,
  organization_id uuid not null,
  bytes bytea not null,
  primary key (export_id, name, n)
);
alter table export_chunks alter column bytes set storage external;
