-- Where the exports of an organization can be sent.
create table export_destinations (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  name text not null,
  place jsonb not null,
  -- A token or secret key, sealed with AES-256-GCM under a key made from the instance's secret. Null: the place needs none.
  secret bytea,
  created_by uuid references users (id),
  created_at timestamptz not null default now(),
  unique (organization_id, name)
);
alter table export_destinations enable row level security;
create policy of_organization on export_destinations using (
  organization_id = (select gw_organization()) or (select gw_system()));
grant select, insert, update, delete on export_destinations to groundwork_app;

alter table exports
  -- How often it was begun; a try that the server's end cut short is followed by another.
  add column attempts integer not null default 0,
  add column destination_id uuid references export_destinations (id) on delete set null,
  -- Stays when the destination is forgotten.
  add column destination_name text,
  add column delivery_state text check (delivery_state in ('waiting', 'done', 'failed')),
  add column delivery_url text,
  add column delivery_error text;
