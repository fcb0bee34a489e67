create table tasks (
  id uuid primary key,
  organization_id uuid not null,
  project_id uuid not null references projects (id),
  -- Order of import, for pages and exports.
  seq bigint generated always as identity,
  external_id text,
  -- The external id, or a hash of the content: what makes a second import of the same row a duplicate.
  dedupe_key text not null,
  payload jsonb not null,
  gold jsonb,
  state text not null default 'open' check (state in ('open', 'done', 'flagged', 'removed')),
  created_at timestamptz not null default now(),
  done_at timestamptz,
  unique (project_id, dedupe_key)
);
-- Each carries the organization, which row-level security asks for: so tasks are counted without reading the rows with their content.
create index tasks_page on tasks (project_id, seq) include (organization_id);
create index tasks_done on tasks (project_id, done_at) include (organization_id) where done_at is not null;
create index tasks_flagged on tasks (project_id) include (organization_id) where state = 'flagged';
create index tasks_gold on tasks (project_id) include (organization_id) where gold is not null;

-- One narrow row per judgment still wanted. `key` is random: claims start at a random key and wrap around, so that many trainers
-- never queue for the same row. state: 0 open, 1 leased, 2 filled, 3 closed (task flagged, removed, or project finished).
create table slots (
  id bigint generated always as identity primary key,
  organization_id uuid not null,
  project_id uuid not null,
  task_id uuid not null references tasks (id),
  key integer not null,
  state smallint not null default 0 check (state between 0 and 3),
  pay_version integer not null
) with (fillfactor = 80);
create index slots_open on slots (project_id, key) where state = 0;
create index slots_task on slots (task_id);

-- One trainer's hold on one slot. There is one row for a trainer and task for ever: the epoch counts how often it was leased.
create table assignments (
  id uuid primary key,
  organization_id uuid not null,
  project_id uuid not null,
  -- The slot's task: the slot's reference vouches for it, and a second one would lock the task's row at every claim.
  task_id uuid not null,
  slot_id bigint not null references slots (id),
  trainer_id uuid not null references users (id),
  epoch integer not null default 1,
  state text not null default 'live' check (state in ('live', 'submitted', 'skipped', 'flagged', 'expired', 'withdrawn')),
  expires_at timestamptz not null,
  lease_seconds integer not null,
  candidate_order jsonb not null,
  form_version integer not null,
  guideline_version integer not null,
  pay_version integer not null,
  -- Deferred: the hold is placed last, because it locks the row of the project's escrow.
  hold_id uuid not null references ledger_holds (id) deferrable initially deferred,
  created_at timestamptz not null default now(),
  -- When this epoch began.
  leased_at timestamptz not null default now(),
  -- When this epoch's paid time began.
  shown_at timestamptz,
  -- Active milliseconds as reported, never more than the database's clock allows since it was shown; over all epochs.
  active_ms integer not null default 0,
  -- What of it earlier epochs brought along.
  active_ms_before integer not null default 0,
  closed_at timestamptz,
  close_reason text,
  unique (trainer_id, task_id)
) with (fillfactor = 80);
-- The database itself refuses a second live assignment for a slot.
create unique index assignments_live_slot on assignments (slot_id) where state = 'live';
create index assignments_live_expiry on assignments (expires_at) where state = 'live';
create index assignments_held on assignments (trainer_id, project_id) where state in ('live', 'expired');
create index assignments_task on assignments (task_id);
-- Active time that ended without a judgment; it counts against the true wage of a project.
create index assignments_unpaid on assignments (project_id, closed_at)
  where state in ('expired', 'skipped', 'flagged') and active_ms > 0;
create index assignments_unpaid_by_trainer on assignments (trainer_id, closed_at)
  where state in ('expired', 'skipped', 'flagged') and active_ms > 0;

-- An autosaved answer. Keyed by trainer and task, so that it outlives every assignment.
create table drafts (
  trainer_id uuid not null references users (id),
  task_id uuid not null references tasks (id),
  organization_id uuid not null,
  project_id uuid not null,
  answer jsonb not null,
  active_ms integer not null,
  epoch integer not null,
  saved_at timestamptz not null default now(),
  primary key (trainer_id, task_id)
);

create table judgments (
  id uuid primary key,
  organization_id uuid not null,
  project_id uuid not null,
  -- Task and trainer are the assignment's: its reference vouches for all three.
  task_id uuid not null,
  trainer_id uuid not null,
  assignment_id uuid not null references assignments (id),
  epoch integer not null,
  answer jsonb not null,
  candidate_order jsonb not null,
  active_ms integer not null,
  form_version integer not null,
  guideline_version integer not null,
  -- Submitted after its slot went to somebody else: kept and paid, not counted.
  late boolean not null default false,
  currency text not null,
  pay bigint not null,
  pay_state text not null check (pay_state in ('pending', 'available', 'owed', 'withdrawn')),
  -- What the receipt said; a replay says the same.
  receipt_state text not null check (receipt_state in ('pending', 'available', 'owed')),
  idempotency_key text not null,
  request_hash text not null,
  submitted_at timestamptz not null default now(),
  review_until timestamptz not null,
  accepted_by uuid references users (id),
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  unique (assignment_id, epoch),
  unique (trainer_id, idempotency_key)
);
create index judgments_task on judgments (task_id);
-- Carries what progress, timelines and wages are added up from, so that the answers need not be read.
create index judgments_project on judgments (project_id, submitted_at)
  include (organization_id, trainer_id, active_ms, pay, late, withdrawn_at);
create index judgments_trainer on judgments (trainer_id, submitted_at desc);
create index judgments_release on judgments (review_until) where pay_state = 'pending';
create index judgments_owed on judgments (project_id) where pay_state = 'owed';

create table flags (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  project_id uuid not null,
  task_id uuid not null references tasks (id),
  trainer_id uuid not null references users (id),
  reason text not null,
  comment text not null default '',
  state text not null default 'open' check (state in ('open', 'resumed', 'removed')),
  created_at timestamptz not null default now(),
  resolved_by uuid references users (id),
  resolved_at timestamptz,
  resolution_note text
);
create index flags_project on flags (project_id, created_at desc);

-- Events for higher domains; appended by the transaction that caused them, taken by a job of any process, once.
create table outbox (
  id bigint generated always as identity primary key,
  organization_id uuid not null,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null default now()
);
