-- Images of tasks. The bytes are in the blob store under their SHA-256; a row says that an organization has them, and what they are.
create table assets (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  -- Of the bytes as they are stored and served: re-encoded, without metadata.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  mime text not null check (mime in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null check (width between 1 and 12000),
  height integer not null check (height between 1 and 12000),
  bytes bigint not null check (bytes > 0),
  created_by uuid references users (id),
  created_at timestamptz not null default now(),
  unique (organization_id, sha256)
);

-- Which files became which asset, so that a file that comes again need not be decoded again.
create table asset_sources (
  organization_id uuid not null,
  -- Of the file as it was given.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  asset_id uuid not null references assets (id) on delete cascade,
  primary key (organization_id, sha256)
);
create index asset_sources_asset on asset_sources (asset_id);

-- Which tasks show an asset: whoever has, or had, one of them to judge may see it.
create table task_assets (
  task_id uuid not null references tasks (id) on delete cascade,
  asset_id uuid not null references assets (id),
  organization_id uuid not null,
  primary key (task_id, asset_id)
);
create index task_assets_asset on task_assets (asset_id);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['assets', 'asset_sources', 'task_assets'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy of_organization on %I using (organization_id = (select gw_organization()) or (select gw_system()))',
      tenant_table);
    execute format('grant select, insert, update, delete on %I to groundwork_app', tenant_table);
  end loop;
end $$;
-- What an asset is never changes.
revoke update on assets, asset_sources, task_assets from groundwork_app;
