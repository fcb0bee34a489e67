-- Who a transaction acts for. Set with set_config(..., true), so it ends with the transaction.
--   groundwork.organization  rows of this organization
--   groundwork.person        rows that belong to this trainer, whatever the organization
--   groundwork.scope=system  background jobs and the operator's pages
-- Wrapped in (select ...) in policies so that the planner evaluates them once for a statement, not once for a row.
create function gw_organization() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('groundwork.organization', true), '')::uuid $$;
create function gw_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('groundwork.person', true), '')::uuid $$;
create function gw_system() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('groundwork.scope', true) = 'system', false) $$;
