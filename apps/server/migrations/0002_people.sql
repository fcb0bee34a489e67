-- Accounts of people, sessions and second factors (the shape that the auth library reads and writes).
create table users (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  operator boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_sessions_user on auth_sessions (user_id);

create table auth_accounts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_accounts_user on auth_accounts (user_id);

create table auth_verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verifications_identifier on auth_verifications (identifier);

create table auth_two_factors (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references users (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

create table auth_rate_limits (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

create table organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_at timestamptz not null default now()
);

create table memberships (
  organization_id uuid not null references organizations (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'manager', 'reviewer', 'viewer')),
  joined_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index memberships_user on memberships (user_id);

-- Every request about an organization asks for the caller's role first. Asked with the owner's rights, it is one round
-- trip; inside row-level security it would be a transaction of four.
create function gw_member_role(organization uuid, person uuid) returns text
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select role from memberships where organization_id = organization and user_id = person $$;
revoke all on function gw_member_role from public;
grant execute on function gw_member_role to groundwork_app;

create table invitations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  email text not null,
  role text not null check (role in ('owner', 'manager', 'reviewer', 'viewer')),
  token_hash bytea not null unique,
  invited_by uuid not null references users (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitations_organization on invitations (organization_id);
create index invitations_email on invitations (email);

create table api_keys (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  organization_id uuid references organizations (id) on delete cascade,
  name text not null,
  prefix text not null,
  secret_hash bytea not null unique,
  scope text not null check (scope in ('read', 'write')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_user on api_keys (user_id);

create table trainer_profiles (
  user_id uuid primary key references users (id) on delete cascade,
  display_name text not null,
  country text not null,
  time_zone text not null,
  headline text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table trainer_languages (
  user_id uuid not null references trainer_profiles (user_id) on delete cascade,
  code text not null,
  level text not null,
  primary key (user_id, code)
);

create table trainer_expertise (
  user_id uuid not null references trainer_profiles (user_id) on delete cascade,
  domain text not null,
  level text not null,
  evidence text not null default '',
  primary key (user_id, domain)
);

-- Every mail that the instance wanted to send. Without a mail server the operator hands the link over by hand.
create table outgoing_mail (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  link text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  error text
);

-- One row per act about people or money, written in the transaction of the act; never changed.
create table audit_events (
  id bigint generated always as identity primary key,
  organization_id uuid,
  actor_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  details jsonb not null default '{}',
  at timestamptz not null default now()
);
create index audit_events_organization on audit_events (organization_id, at desc);

-- The auth library writes accounts, passwords and second factors in its own way. Their audit events are written here, so
-- that they stand in the same transaction whoever makes the change.
create function gw_audit_account() returns trigger language plpgsql as $$
declare
  person uuid := case when tg_table_name = 'users' then (to_jsonb(new) ->> 'id')::uuid
                      else (to_jsonb(new) ->> 'user_id')::uuid end;
begin
  insert into audit_events (actor_id, action, subject_kind, subject_id) values (person, tg_argv[0], 'user', person::text);
  return null;
end $$;
create trigger audit_created after insert on users
  for each row execute function gw_audit_account('account.created');
create trigger audit_two_factor_on after update on users
  for each row when (new.two_factor_enabled and not old.two_factor_enabled)
  execute function gw_audit_account('two_factor.enabled');
create trigger audit_two_factor_off after update on users
  for each row when (old.two_factor_enabled and not new.two_factor_enabled)
  execute function gw_audit_account('two_factor.disabled');
create trigger audit_password after update on auth_accounts
  for each row when (new.password is distinct from old.password)
  execute function gw_audit_account('password.changed');

-- Facts of the instance: set-up token hash, when the demo was seeded.
create table instance_facts (
  key text primary key,
  value jsonb not null
);
