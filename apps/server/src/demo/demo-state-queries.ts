import { type Database, hashSecret, sql, type Tx } from '../platform/index.ts'

/** none: never asked for. seeding: begun, perhaps interrupted. samples: its projects stand, those to try every kind of task may not. done: complete. */
export type DemoState = 'none' | 'seeding' | 'samples' | 'done'

export async function demoState({ db }: Database): Promise<DemoState> {
  const { rows } = await sql<{
    state: DemoState
  }>`select value #>> '{}' as state from instance_facts where key = 'demo'`.execute(db)
  return rows[0]?.state ?? 'none'
}

export async function saveDemoState(db: Database['db'] | Tx, state: DemoState): Promise<void> {
  await sql`insert into instance_facts (key, value) values ('demo', to_jsonb(${state}::text))
    on conflict (key) do update set value = excluded.value`.execute(db)
}

/** Whether an API key was made in this database, whatever became of it. */
export async function isKnownKey({ db }: Database, apiKey: string): Promise<boolean> {
  const { rows } = await sql<{
    known: boolean
  }>`select exists (select 1 from api_keys where secret_hash = ${hashSecret(apiKey)}) as known`.execute(db)
  return rows[0]?.known ?? false
}

/** Whether nobody has an account yet. */
export async function isEmpty({ db }: Database): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select 1 from users) as empty`.execute(db)
  return rows[0]?.empty ?? false
}
