-- Forms that a team keeps to start further projects from. The templates that come with Groundwork are files, not rows.
create table team_templates (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  name text not null,
  description text not null default '',
  "group" text not null,
  estimate_seconds integer not null check (estimate_seconds > 0),
  form jsonb not null,
  guideline text not null,
  created_by uuid references users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index team_templates_organization on team_templates (organization_id, name);
alter table team_templates enable row level security;
create policy of_organization on team_templates using (
  organization_id = (select gw_organization()) or (select gw_system()));
grant select, insert, update, delete on team_templates to groundwork_app;
