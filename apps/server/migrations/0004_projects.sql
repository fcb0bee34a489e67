create table projects (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id),
  name text not null,
  description text not null default '',
  template text not null,
  state text not null default 'draft' check (state in ('draft', 'live', 'paused', 'finished')),
  overlap jsonb not null,
  audience jsonb not null default '{}',
  review_window_days integer not null default 7 check (review_window_days between 0 and 60),
  lease_seconds integer not null default 1800 check (lease_seconds between 1 and 86400),
  form_version integer not null default 1,
  guideline_version integer not null default 1,
  pay_version integer not null default 1,
  created_by uuid references users (id),
  creation_key text,
  creation_hash text,
  created_at timestamptz not null default now(),
  launched_at timestamptz,
  finished_at timestamptz,
  unique (organization_id, creation_key)
);
create index projects_organization on projects (organization_id, created_at desc);
create index projects_live on projects (id) where state = 'live';

create table project_forms (
  project_id uuid not null references projects (id) on delete cascade,
  organization_id uuid not null,
  version integer not null,
  form jsonb not null,
  created_at timestamptz not null default now(),
  primary key (project_id, version)
);

create table guidelines (
  project_id uuid not null references projects (id) on delete cascade,
  organization_id uuid not null,
  version integer not null,
  markdown text not null,
  created_by uuid references users (id),
  created_at timestamptz not null default now(),
  primary key (project_id, version)
);

-- Frozen when the project launches; a later change is a new version for slots that are opened after it.
create table pay_terms (
  project_id uuid not null references projects (id) on delete cascade,
  organization_id uuid not null,
  version integer not null,
  currency text not null,
  hourly bigint not null check (hourly > 0),
  estimate_seconds integer not null check (estimate_seconds > 0),
  per_judgment bigint not null check (per_judgment > 0),
  created_at timestamptz not null default now(),
  primary key (project_id, version)
);
