-- That a slot's task exists is checked once for a whole statement. The reference that stood here looked the task up and locked its row for every single slot,
-- which was a third of what adding tasks with their slots cost. It holds as it did: the check below, and none may take away a task that has slots.
alter table slots drop constraint slots_task_id_fkey;

-- Both with the rights of the owner, from whom row-level security hides nothing, as it was with the reference. They go by the index whatever the planner
-- thinks: a plan that was made while there were few tasks would read through all of them for every statement.
create function gw_slots_have_tasks() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, public set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  declare
    missing boolean;
    of_others boolean;
  begin
    select bool_or(t.id is null), bool_or(t.xmin <> pg_current_xact_id()::xid) into missing, of_others
      from (select distinct task_id from added) given left join tasks t on t.id = given.task_id;
    -- Tasks that this transaction added nobody else can see, and so nobody can delete them. The others are held until it ends.
    if of_others and not missing then
      perform from tasks t where t.id in (select task_id from added) for key share;
      select bool_or(t.id is null) into missing
        from (select distinct task_id from added) given left join tasks t on t.id = given.task_id;
    end if;
    if missing then
      raise exception 'A slot is to have a task that there is.'
        using errcode = 'foreign_key_violation', table = 'slots', constraint = 'slots_have_tasks';
    end if;
    return null;
  end $$;
create trigger slots_have_tasks after insert on slots
  referencing new table as added for each statement execute function gw_slots_have_tasks();

create function gw_tasks_have_no_slots() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, public set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  begin
    if exists (select from gone where exists (select from slots s where s.task_id = gone.id)) then
      raise exception 'The task still has slots.'
        using errcode = 'foreign_key_violation', table = 'tasks', constraint = 'tasks_have_no_slots';
    end if;
    return null;
  end $$;
create trigger tasks_have_no_slots after delete on tasks
  referencing old table as gone for each statement execute function gw_tasks_have_no_slots();

create function gw_stays() returns trigger language plpgsql
  as $$
  begin
    raise exception 'Slots name their tasks for ever: this may not change.' using errcode = 'restrict_violation', table = tg_table_name;
  end $$;
create trigger slots_keep_their_task before update of task_id on slots for each statement execute function gw_stays();
create trigger tasks_keep_their_id before update of id on tasks for each statement execute function gw_stays();
