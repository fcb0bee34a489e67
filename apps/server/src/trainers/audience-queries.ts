import type { Audience } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'
import { languageLevelsFrom, levelsFrom } from './audience-rules.ts'

/** Trainers by country: all of them, and those of the audience. Says in SQL what `fitsAudience` says of one trainer. */
export async function countAudience(
  tx: Tx,
  audience: Audience,
): Promise<{ country: string; trainers: number; matching: number }[]> {
  const rules = [sql`true`]
  if (audience.countries?.length) rules.push(sql`p.country = any(${audience.countries}::text[])`)
  if (audience.languages?.length) {
    const any = audience.languages.map(
      ({ code, level }) =>
        sql`((lower(l.code) = lower(${code}) or starts_with(lower(l.code), lower(${code}) || '-')) and l.level = any(${languageLevelsFrom(level)}::text[]))`,
    )
    rules.push(
      sql`exists (select 1 from trainer_languages l where l.user_id = p.user_id and (${sql.join(any, sql` or `)}))`,
    )
  }
  if (audience.expertise?.length) {
    const any = audience.expertise.map(
      ({ domain, level }) => sql`(e.domain = ${domain} and e.level = any(${levelsFrom(level)}::text[]))`,
    )
    rules.push(
      sql`exists (select 1 from trainer_expertise e where e.user_id = p.user_id and (${sql.join(any, sql` or `)}))`,
    )
  }
  const { rows } = await sql<{ country: string; trainers: number; matching: number }>`
    select p.country, count(*)::int as trainers, (count(*) filter (where ${sql.join(rules, sql` and `)}))::int as matching
    from trainer_profiles p group by p.country order by matching desc, p.country`.execute(tx)
  return rows
}
