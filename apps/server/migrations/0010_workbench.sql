-- A correction is a judgment of its own that stands in the place of an earlier one of the same assignment and epoch. The pay stays with the
-- first of them: docs/decisions/0013-corrections.md.
alter table judgments
  add column supersedes uuid references judgments (id),
  add column superseded_at timestamptz,
  drop constraint judgments_assignment_id_epoch_key,
  drop constraint judgments_pay_state_check,
  -- carried: nothing is paid for it, because the judgment that it corrects was.
  add constraint judgments_pay_state_check check (pay_state in ('pending', 'available', 'owed', 'withdrawn', 'carried')),
  add constraint judgments_correction check (
    supersedes is null or (pay = 0 and pay_state in ('carried', 'withdrawn') and not late));
create unique index judgments_of_epoch on judgments (assignment_id, epoch) where supersedes is null;
create unique index judgments_correcting on judgments (supersedes) where supersedes is not null and withdrawn_at is null;
drop index judgments_project;
create index judgments_project on judgments (project_id, submitted_at)
  include (organization_id, trainer_id, active_ms, pay, late, withdrawn_at, superseded_at, supersedes);

-- The version of a project's guideline that a trainer has read last.
create table guideline_reads (
  trainer_id uuid not null references users (id),
  project_id uuid not null references projects (id),
  organization_id uuid not null,
  version integer not null,
  read_at timestamptz not null default now(),
  primary key (trainer_id, project_id)
);
alter table guideline_reads enable row level security;
create policy of_organization_or_person on guideline_reads using (
  organization_id = (select gw_organization()) or trainer_id = (select gw_person()) or (select gw_system()));
grant select, insert, update, delete on guideline_reads to groundwork_app;

-- Every type of question has a consensus and an agreement. What was decided before is decided anew, when its project is next looked at.
alter table consensus_runs add column agreements jsonb;
alter table task_consensus
  -- Whether the consensus is what is known to be right; null where nothing is known, or nothing that can be compared.
  add column gold_correct boolean;
update task_consensus c set stale = true, basis = null,
    gold_correct = not exists (
      select 1 from jsonb_each_text(t.gold) g where (c.consensus -> g.key ->> 'value') is distinct from g.value)
  from tasks t where t.id = c.task_id and c.judgments > 0 and t.gold is not null;
update task_consensus set stale = true, basis = null where judgments > 0;

-- How a person likes the interface; the same on every device.
create table person_preferences (
  user_id uuid not null references users (id) on delete cascade,
  key text not null,
  value jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (user_id, key)
);
alter table person_preferences enable row level security;
create policy of_person on person_preferences using (user_id = (select gw_person()) or (select gw_system()));
grant select, insert, update, delete on person_preferences to groundwork_app;
