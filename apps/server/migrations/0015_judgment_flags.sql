-- What a member of the team finds questionable about a judgment, and what was decided: docs/decisions/0020-flags-of-judgments.md.
create table judgment_flags (
  id uuid primary key,
  organization_id uuid not null,
  project_id uuid not null references projects (id),
  task_id uuid not null,
  -- The author of the judgment.
  trainer_id uuid not null,
  -- The answer that was flagged.
  judgment_id uuid not null references judgments (id),
  -- The piece of work that it belongs to: a submission and its corrections share both, and a flag goes along with them.
  assignment_id uuid not null references assignments (id),
  epoch integer not null,
  kind text not null check (kind in ('careless', 'off_guideline', 'contradicts_itself', 'private_data', 'other')),
  note text not null,
  state text not null default 'open' check (state in ('open', 'kept', 'excluded', 'withdrawn', 'lapsed')),
  flagged_by uuid not null references users (id),
  created_at timestamptz not null default now(),
  resolved_by uuid references users (id),
  resolved_at timestamptz,
  resolution_note text,
  check ((state = 'open') = (resolved_at is null))
);
-- The database itself refuses a second flag that leaves a piece of work out.
create unique index judgment_flags_effective on judgment_flags (assignment_id, epoch) where state in ('open', 'excluded');
create index judgment_flags_work on judgment_flags (assignment_id, epoch, created_at);
create index judgment_flags_project on judgment_flags (project_id, created_at desc);
create index judgment_flags_task on judgment_flags (task_id);

alter table judgment_flags enable row level security;
create policy of_organization_or_person on judgment_flags using (
  organization_id = (select gw_organization()) or trainer_id = (select gw_person()) or (select gw_system()));
grant select, insert, update on judgment_flags to groundwork_app;

alter table judgments
  -- The state of the flag that leaves it out of consensus and exports; null: it counts as any other.
  add column set_aside text check (set_aside in ('open', 'excluded')),
  -- When that last changed.
  add column set_aside_at timestamptz;
drop index judgments_project;
create index judgments_project on judgments (project_id, submitted_at)
  include (organization_id, trainer_id, active_ms, pay, late, withdrawn_at, superseded_at, supersedes, set_aside);
