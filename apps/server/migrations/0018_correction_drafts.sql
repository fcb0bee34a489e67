-- An autosaved answer that is to take the place of a submitted one: as drafts, for a judgment instead of a task.
create table correction_drafts (
  judgment_id uuid primary key references judgments (id),
  trainer_id uuid not null references users (id),
  organization_id uuid not null,
  project_id uuid not null,
  answer jsonb not null,
  saved_at timestamptz not null default now()
);
alter table correction_drafts enable row level security;
create policy of_organization_or_person on correction_drafts using (
  organization_id = (select gw_organization()) or trainer_id = (select gw_person()) or (select gw_system()));
grant select, insert, update, delete on correction_drafts to groundwork_app;

-- What a trainer has skipped in a project: counted when nothing else is left, and taken up again.
create index assignments_skipped on assignments (trainer_id, project_id) where state = 'skipped';
