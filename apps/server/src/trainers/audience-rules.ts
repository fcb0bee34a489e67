import {
  type Audience,
  type ExpertiseLevel,
  expertiseLevel,
  type LanguageLevel,
  languageLevel,
  type TrainerProfile,
} from '@groundwork/contract'

export type { Audience } from '@groundwork/contract'

/** Levels of expertise from `least` up. */
export const levelsFrom = (least: ExpertiseLevel): ExpertiseLevel[] =>
  expertiseLevel.options.slice(expertiseLevel.options.indexOf(least))

/** Levels of a language from `least` up. */
export const languageLevelsFrom = (least: LanguageLevel): LanguageLevel[] =>
  languageLevel.options.slice(languageLevel.options.indexOf(least))

/**
 * Whether a language of a trainer answers a wanted one: "pt-BR" answers "pt", and "pt" does not answer "pt-BR". Tags differ in
 * nothing by the case of their letters.
 */
export function speaks(spoken: string, wanted: string): boolean {
  const [one, other] = [spoken.toLowerCase(), wanted.toLowerCase()]
  return one === other || one.startsWith(`${other}-`)
}

/**
 * Whether a trainer belongs to the audience of a project. Every rule that is given must hold; within a rule one match is enough.
 * No rules: everybody belongs.
 */
export function fitsAudience(
  profile: Pick<TrainerProfile, 'country' | 'languages' | 'expertise'>,
  audience: Audience,
): boolean {
  const { countries, languages, expertise } = audience
  if (countries?.length && !countries.includes(profile.country)) return false
  if (
    languages?.length &&
    !languages.some((wanted) =>
      profile.languages.some(
        (own) => speaks(own.code, wanted.code) && languageLevelsFrom(wanted.level).includes(own.level),
      ),
    )
  )
    return false
  if (
    expertise?.length &&
    !expertise.some((wanted) =>
      profile.expertise.some(
        (own) => own.domain === wanted.domain && levelsFrom(wanted.level).includes(own.level),
      ),
    )
  )
    return false
  return true
}
