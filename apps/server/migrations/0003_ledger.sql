-- Double-entry ledger. Amounts are bigint micro-units (millionths of the major unit) with their currency.
--
-- An account with a floor caches `available` = sum of its entries - sum of its open holds, and it never passes zero.
-- Holding changes only that cache; capturing a hold leaves it alone (the entry and the hold's end cancel out), so paying a
-- judgment never locks the project's escrow row. Accounts without a floor (sources of funds) have no cache and no hot row.
create table ledger_accounts (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations (id),
  kind text not null check (kind in ('funding_source', 'escrow', 'trainer_pending', 'trainer_available')),
  owner_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  available bigint check (available >= 0),
  created_at timestamptz not null default now(),
  unique (organization_id, kind, owner_id, currency),
  check ((kind = 'funding_source') = (available is null))
);
create index ledger_accounts_owner on ledger_accounts (owner_id);

-- No foreign keys to rows that every transfer of a project shares (organization, escrow account): checking them locks the
-- shared row in key-share mode, and at 64 concurrent submits those locks are what Postgres is busy with. The triggers
-- below check more than the keys would; organizations and accounts are never deleted.
create table ledger_transfers (
  id uuid primary key,
  organization_id uuid not null,
  project_id uuid,
  -- Without a judgment a transfer funds or refunds; with one it pays.
  judgment_id uuid,
  -- Whose balance it moves, when it moves a trainer's.
  trainer_id uuid,
  kind text not null check (kind in ('fund', 'pay', 'release', 'refund', 'reversal')),
  idempotency_key text not null,
  request_hash text not null,
  reverses_id uuid unique references ledger_transfers (id),
  actor_id uuid,
  created_at timestamptz not null default now(),
  -- The transaction that made it: entries can only come in the same one.
  made_in xid8 not null default pg_current_xact_id(),
  unique (organization_id, idempotency_key)
);
create index ledger_transfers_project on ledger_transfers (project_id, created_at);
create index ledger_transfers_funding on ledger_transfers (project_id) where judgment_id is null;
create index ledger_transfers_judgment on ledger_transfers (judgment_id) where judgment_id is not null;
create index ledger_transfers_statement on ledger_transfers (trainer_id, created_at, id) where kind in ('pay', 'reversal');

create table ledger_entries (
  id bigint generated always as identity primary key,
  transfer_id uuid not null,
  account_id bigint not null,
  organization_id uuid not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  at timestamptz not null default now()
);
create index ledger_entries_account on ledger_entries (account_id, id);
create index ledger_entries_transfer on ledger_entries (transfer_id);

create table ledger_holds (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  project_id uuid not null,
  account_id bigint not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  -- Takes its money when its transaction commits, by the trigger below, so that the account's row is locked only for the commit
  -- and not for the round trips before it: with 64 trainers at one project that is twice to three times as many claims.
  at_commit boolean not null default false,
  state text not null default 'open' check (state in ('open', 'captured', 'released')),
  created_at timestamptz not null default now(),
  resolved_at timestamptz
);
create index ledger_holds_open on ledger_holds (account_id) where state = 'open';

create function ledger_entry_belongs() returns trigger language plpgsql as $$
declare
  transfer record;
  account record;
begin
  select made_in, organization_id into transfer from ledger_transfers where id = new.transfer_id;
  if transfer.made_in is distinct from pg_current_xact_id() then
    raise exception 'ledger: an entry cannot be added to transfer % after its transaction', new.transfer_id
      using errcode = 'GW001';
  end if;
  select currency, organization_id into account from ledger_accounts where id = new.account_id;
  if account.currency is distinct from new.currency or account.organization_id is distinct from new.organization_id
    or transfer.organization_id is distinct from new.organization_id then
    raise exception 'ledger: an entry in % of organization % cannot go to an account in % of organization %',
      new.currency, new.organization_id, account.currency, account.organization_id using errcode = 'GW002';
  end if;
  return new;
end $$;
create trigger ledger_entry_belongs before insert on ledger_entries
  for each row execute function ledger_entry_belongs();

create function ledger_transfer_balances() returns trigger language plpgsql as $$
declare
  entries integer;
  unbalanced text;
begin
  select coalesce(sum(n), 0), string_agg(currency, ', ') filter (where total <> 0) into entries, unbalanced
    from (select currency, count(*) as n, sum(amount) as total
          from ledger_entries where transfer_id = new.id group by currency) sums;
  if entries < 2 then
    raise exception 'ledger: transfer % has % entries, at least two are needed', new.id, entries using errcode = 'GW003';
  end if;
  if unbalanced is not null then
    raise exception 'ledger: transfer % does not sum to zero in %', new.id, unbalanced using errcode = 'GW004';
  end if;
  return null;
end $$;
create constraint trigger ledger_transfer_balances after insert on ledger_transfers
  deferrable initially deferred for each row execute function ledger_transfer_balances();

create function ledger_is_immutable() returns trigger language plpgsql as $$
begin
  raise exception 'ledger: rows of % are never changed or deleted; reverse the transfer instead', tg_table_name
    using errcode = 'GW005';
end $$;
create trigger ledger_entries_immutable before update or delete on ledger_entries
  for each row execute function ledger_is_immutable();
create trigger ledger_transfers_immutable before update or delete on ledger_transfers
  for each row execute function ledger_is_immutable();

create function ledger_hold_takes_money() returns trigger language plpgsql as $$
begin
  update ledger_accounts set available = available - new.amount
    where id = new.account_id and organization_id = new.organization_id and currency = new.currency
      and available >= new.amount;
  if not found then
    raise exception 'ledger: account % does not have the free money of hold %', new.account_id, new.id
      using errcode = 'GW007';
  end if;
  return null;
end $$;
create constraint trigger ledger_hold_takes_money after insert on ledger_holds
  deferrable initially deferred for each row when (new.at_commit) execute function ledger_hold_takes_money();

create function ledger_hold_resolves_once() returns trigger language plpgsql as $$
begin
  if old.state <> 'open' or new.state = 'open' then
    raise exception 'ledger: hold % is % and cannot become %', old.id, old.state, new.state using errcode = 'GW006';
  end if;
  return new;
end $$;
create trigger ledger_hold_resolves_once before update on ledger_holds
  for each row execute function ledger_hold_resolves_once();

-- Money that moves by a published rule has no act of a person around it that would write the audit event; it is written here, in
-- the transaction of the transfer. Funding is an act of a person and writes its own.
create function ledger_transfer_is_audited() returns trigger language plpgsql as $$
begin
  insert into audit_events (organization_id, actor_id, action, subject_kind, subject_id, details)
  values (new.organization_id, new.actor_id, 'money.' || new.kind, 'transfer', new.id::text,
    jsonb_strip_nulls(jsonb_build_object('projectId', new.project_id, 'judgmentId', new.judgment_id, 'reverses', new.reverses_id)));
  return null;
end $$;
create trigger ledger_transfer_is_audited after insert on ledger_transfers
  for each row when (new.kind <> 'fund') execute function ledger_transfer_is_audited();
