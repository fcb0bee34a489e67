import type { Expertise, LanguageLevel, TrainerProfile } from '@groundwork/contract'
import { recordAudit, sql, type Tx } from '../platform/index.ts'

type ProfileRow = {
  display_name: string
  country: string
  time_zone: string
  headline: string
  languages: { code: string; level: LanguageLevel }[]
  expertise: Expertise[]
}

/** The profile of a trainer with languages and expertise in the order of their codes, or null for people without one. */
export async function getTrainerProfile(tx: Tx, userId: string): Promise<TrainerProfile | null> {
  const { rows } = await sql<ProfileRow>`
    select p.display_name, p.country, p.time_zone, p.headline,
      coalesce((select json_agg(json_build_object('code', l.code, 'level', l.level) order by l.code)
        from trainer_languages l where l.user_id = p.user_id), '[]') as languages,
      coalesce((select json_agg(json_build_object('domain', e.domain, 'level', e.level, 'evidence', e.evidence) order by e.domain)
        from trainer_expertise e where e.user_id = p.user_id), '[]') as expertise
    from trainer_profiles p where p.user_id = ${userId}`.execute(tx)
  const row = rows[0]
  if (!row) return null
  return {
    displayName: row.display_name,
    country: row.country,
    timeZone: row.time_zone,
    languages: row.languages,
    expertise: row.expertise,
    headline: row.headline,
  }
}

/** Makes a person a trainer, or replaces the profile. Languages and domains must each be named once. */
export async function saveTrainerProfile(tx: Tx, userId: string, profile: TrainerProfile): Promise<void> {
  const values = {
    display_name: profile.displayName,
    country: profile.country,
    time_zone: profile.timeZone,
    headline: profile.headline,
  }
  await tx
    .insertInto('trainer_profiles')
    .values({ user_id: userId, ...values })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ ...values, updated_at: sql`now()` }))
    .execute()
  await tx.deleteFrom('trainer_languages').where('user_id', '=', userId).execute()
  await tx
    .insertInto('trainer_languages')
    .values(profile.languages.map(({ code, level }) => ({ user_id: userId, code, level })))
    .execute()
  await tx.deleteFrom('trainer_expertise').where('user_id', '=', userId).execute()
  if (profile.expertise.length > 0) {
    await tx
      .insertInto('trainer_expertise')
      .values(
        profile.expertise.map(({ domain, level, evidence }) => ({
          user_id: userId,
          domain,
          level,
          evidence,
        })),
      )
      .execute()
  }
  await recordAudit(tx, {
    organizationId: null,
    actorId: userId,
    action: 'trainer_profile.saved',
    subject: { kind: 'user', id: userId },
    details: { country: profile.country, languages: profile.languages, expertise: profile.expertise },
  })
}
