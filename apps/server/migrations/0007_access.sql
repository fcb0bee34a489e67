-- The role that the application acts under. It owns nothing, so row-level security binds it.
do $$
declare
  tenant_table text;
begin
  -- Tables with rows of one organization each.
  foreach tenant_table in array array[
    'invitations', 'projects', 'project_forms', 'guidelines', 'pay_terms', 'tasks', 'slots', 'flags', 'outbox',
    'consensus_runs', 'task_consensus', 'consensus_models', 'project_reliability', 'imports', 'exports', 'export_files', 'export_chunks',
    'ledger_holds'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy of_organization on %I using (organization_id = (select gw_organization()) or (select gw_system()))',
      tenant_table);
  end loop;

  -- Tables with rows that also belong to the trainer who made them.
  foreach tenant_table in array array['assignments', 'drafts', 'judgments', 'ledger_transfers'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy of_organization_or_person on %I using (organization_id = (select gw_organization()) '
      'or trainer_id = (select gw_person()) or (select gw_system()))',
      tenant_table);
  end loop;
end $$;

alter table ledger_accounts enable row level security;
create policy of_organization_or_person on ledger_accounts using (
  organization_id = (select gw_organization()) or owner_id = (select gw_person()) or (select gw_system()));

alter table ledger_entries enable row level security;
create policy of_organization_or_person on ledger_entries using (
  organization_id = (select gw_organization()) or (select gw_system())
  or exists (select 1 from ledger_accounts a where a.id = account_id and a.owner_id = (select gw_person())));

alter table audit_events enable row level security;
create policy written_by_all on audit_events for insert with check (true);
create policy of_organization on audit_events for select using (
  organization_id = (select gw_organization()) or (select gw_system()));

alter table organizations enable row level security;
create policy of_organization_or_member on organizations using (
  id = (select gw_organization()) or (select gw_system())
  or exists (select 1 from memberships m where m.organization_id = organizations.id and m.user_id = (select gw_person())));

alter table memberships enable row level security;
create policy of_organization_or_person on memberships using (
  organization_id = (select gw_organization()) or user_id = (select gw_person()) or (select gw_system()));

grant usage on schema public to groundwork_app;
grant select, insert, update, delete on all tables in schema public to groundwork_app;
grant usage on all sequences in schema public to groundwork_app;
revoke update, delete, truncate on ledger_entries, ledger_transfers, audit_events from groundwork_app;
revoke delete on judgments, ledger_accounts, ledger_holds from groundwork_app;
-- Of the ledger's other rows only a balance and the end of a hold ever change.
revoke update on ledger_accounts, ledger_holds from groundwork_app;
grant update (available) on ledger_accounts to groundwork_app;
grant update (state, resolved_at) on ledger_holds to groundwork_app;

-- Jobs are added inside the transaction that causes them; the queue's tables belong to the owner.
create function gw_add_job(task text, payload jsonb, job_key text default null, run_after interval default '0') returns void
  language sql security definer set search_path = pg_catalog, public
  as $$ select graphile_worker.add_job(task, payload::json, job_key => job_key, run_at => now() + run_after) $$;
revoke all on function gw_add_job from public;
grant execute on function gw_add_job to groundwork_app;

-- What the health page says of the queue, for a role that may not read its tables.
create function gw_job_counts(out waiting integer, out running integer, out failed integer)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select count(*) filter (where locked_at is null and attempts < max_attempts)::int,
           count(*) filter (where locked_at is not null)::int,
           count(*) filter (where attempts >= max_attempts)::int
    from graphile_worker._private_jobs
  $$;
revoke all on function gw_job_counts from public;
grant execute on function gw_job_counts to groundwork_app;
grant select on schema_migrations to groundwork_app;
