-- API keys that see one project and nothing else of its organization.
alter table api_keys add column project_id uuid references projects (id) on delete cascade;
alter table api_keys add constraint api_keys_project_in_organization check (project_id is null or organization_id is not null);

-- Addresses of an organization's own programs, which are told what happens.
create table webhook_endpoints (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  -- Of one project only; null: of all.
  project_id uuid references projects (id),
  url text not null,
  description text not null default '',
  events text[] not null check (cardinality(events) > 0),
  -- Sealed with AES-256-GCM under a key made from the instance's secret.
  secret bytea not null,
  -- The one before the last rotation signs, too, until then, so that receivers can change over.
  previous_secret bytea,
  previous_until timestamptz,
  -- stopped: by the platform, after days without an answer or when the receiver said that it is gone.
  state text not null default 'on' check (state in ('on', 'off', 'stopped')),
  -- Since when nothing has arrived; null: the last delivery did.
  failing_since timestamptz,
  created_by uuid references users (id),
  created_at timestamptz not null default now()
);
create index webhook_endpoints_organization on webhook_endpoints (organization_id);

create table webhook_deliveries (
  id uuid primary key,
  organization_id uuid not null,
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  event text not null,
  -- What makes a second delivery of the same event to the same endpoint a duplicate.
  event_key text not null,
  -- Receivers tell repetitions by it (`webhook-id`); a replay keeps it.
  message_id text not null,
  payload text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- How far in the plan of repeated tries; a replay begins anew.
  step integer not null default 0,
  -- When it is tried next. While a try is under way: when another process may take over.
  next_try_at timestamptz,
  created_at timestamptz not null default now(),
  unique (endpoint_id, event_key),
  check ((state = 'waiting') = (next_try_at is not null))
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_try_at) where state = 'waiting';
create index webhook_deliveries_endpoint on webhook_deliveries (endpoint_id, created_at desc, id);

-- Every try, for the log.
create table webhook_attempts (
  delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
  n integer not null,
  organization_id uuid not null,
  at timestamptz not null default now(),
  duration_ms integer not null,
  response_status integer,
  -- The beginning of what the receiver said, or why it could not be reached.
  response text not null default '',
  primary key (delivery_id, n)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['webhook_endpoints', 'webhook_deliveries', 'webhook_attempts'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy of_organization on %I using (organization_id = (select gw_organization()) or (select gw_system()))',
      tenant_table);
    execute format('grant select, insert, update, delete on %I to groundwork_app', tenant_table);
  end loop;
end $$;
