import type {
  Expertise,
  ExpertiseDomain,
  ExpertiseLevel,
  LanguageLevel,
  TrainerProfile,
} from '@groundwork/contract'
import type { FieldValue } from '../../../api/use-form.ts'
import { allLanguages } from '../../../ui/places.ts'

/** Rows while they are edited: empty until the person has chosen; `key` tells them apart. */
export type DraftLanguage = { key: number; code: string; level: LanguageLevel | '' }
export type DraftExpertise = {
  key: number
  domain: ExpertiseDomain | ''
  level: ExpertiseLevel | ''
  evidence: string
}

let last = 0
const nextKey = () => ++last

export const emptyLanguage = (): DraftLanguage => ({ key: nextKey(), code: '', level: '' })
export const emptyExpertise = (): DraftExpertise => ({ key: nextKey(), domain: '', level: '', evidence: '' })

/** The rows to begin with: those of the profile, or the browser's language with its level still open. */
export function startRows(
  profile: TrainerProfile | null,
  browserLanguage: string = navigator.language,
): { languages: DraftLanguage[]; expertise: DraftExpertise[] } {
  if (profile)
    return {
      languages: profile.languages.map((row) => ({ ...row, key: nextKey() })),
      expertise: profile.expertise.map((row) => ({ ...row, key: nextKey() })),
    }
  const offered = allLanguages().map(({ code }) => code)
  const code = [browserLanguage, browserLanguage.split('-')[0]].find((each) => each && offered.includes(each))
  return { languages: [{ ...emptyLanguage(), code: code ?? '' }], expertise: [emptyExpertise()] }
}

/** What is sent. The form has made sure that nothing that is wanted is empty; an expertise without a domain is left out. */
export function readProfile(
  value: FieldValue,
  languages: DraftLanguage[],
  expertise: DraftExpertise[],
): TrainerProfile {
  return {
    displayName: value('displayName').trim(),
    headline: value('headline').trim(),
    country: value('country'),
    timeZone: value('timeZone'),
    languages: languages.flatMap(({ code, level }) => (level ? { code, level } : [])),
    expertise: expertise.flatMap(({ domain, level, evidence }): Expertise | [] =>
      domain && level ? { domain, level, evidence: evidence.trim() } : [],
    ),
  }
}
