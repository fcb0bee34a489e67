-- Images that rows of an export name, and files that hold images, stay in the blob store; the export says under which key.
alter table export_files
  -- Null: the bytes are in export_chunks.
  add column blob text check (blob ~ '^[a-z0-9][a-z0-9/._-]*$'),
  -- An image that rows name, as opposed to a file of the export itself.
  add column is_image boolean not null default false,
  add constraint export_files_images check (not is_image or blob is not null);
create index export_files_blob on export_files (blob) where blob is not null;

alter table exports
  add column images integer not null default 0,
  add column image_bytes bigint not null default 0;

-- Every blob that this instance has put into the store: only what stands here is ever removed. Whoever puts a blob, or begins to rely on one, touches
-- its row first and by that waits for a removal under way; a blob is removed when its row was not touched for long and nothing names it.
create table blobs (
  key text primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  touched_at timestamptz not null default now()
);
create index blobs_touched on blobs (touched_at);
insert into blobs (key, sha256)
  select distinct 'media/' || left(sha256, 2) || '/' || sha256, sha256 from assets;
-- Blobs are of the instance, not of an organization.
alter table blobs enable row level security;
create policy of_system on blobs using ((select gw_system()));
grant select, insert, update, delete on blobs to groundwork_app;

create index assets_sha256 on assets (sha256);
