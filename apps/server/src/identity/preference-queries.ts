import { sql, type Tx } from '../platform/index.ts'

export type PreferenceRow = { key: string; value: unknown; savedAt: Date }

/** A person's settings of the interface. */
export async function preferencesOf(tx: Tx, userId: string): Promise<PreferenceRow[]> {
  const { rows } = await sql<PreferenceRow>`
    select key, value, saved_at as "savedAt" from person_preferences where user_id = ${userId} order by key`.execute(
    tx,
  )
  return rows
}

/** Keeps a setting; undefined when the person has `most` others already. */
export async function putPreference(
  tx: Tx,
  userId: string,
  preference: { key: string; value: unknown },
  most: number,
): Promise<Date | undefined> {
  // Its own lock: two devices must not both find room for the last one.
  await sql`select pg_advisory_xact_lock(hashtextextended(${userId}, 3))`.execute(tx)
  const { rows } = await sql<{ savedAt: Date }>`
    insert into person_preferences (user_id, key, value)
    select ${userId}, ${preference.key}, ${JSON.stringify(preference.value)}::jsonb
    where (select count(*) from person_preferences where user_id = ${userId} and key <> ${preference.key}) < ${most}
    on conflict (user_id, key) do update set value = excluded.value, saved_at = now()
    returning saved_at as "savedAt"`.execute(tx)
  return rows[0]?.savedAt
}

/** The stored setting when it is newer than the one that `value` was made from, and differs; until the transaction ends nobody else saves one. */
export async function newerPreference(
  tx: Tx,
  userId: string,
  preference: { key: string; value: unknown; basedOn: string | null },
): Promise<PreferenceRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${userId}, 3))`.execute(tx)
  const { rows } = await sql<PreferenceRow>`
    select key, value, saved_at as "savedAt" from person_preferences
    where user_id = ${userId} and key = ${preference.key} and value <> ${JSON.stringify(preference.value)}::jsonb
      and (${preference.basedOn}::timestamptz is null
        or saved_at >= ${preference.basedOn}::timestamptz + interval '2 milliseconds')`.execute(tx)
  return rows[0]
}

export async function dropPreference(tx: Tx, userId: string, key: string): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`
    with gone as (delete from person_preferences where user_id = ${userId} and key = ${key})
    select now() as now`.execute(tx)
  return rows[0]?.now ?? new Date(0)
}
