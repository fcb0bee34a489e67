import { type TrainerProfile, trainerProfileInput } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { readProfile, startRows } from './profile-draft.ts'

const profile: TrainerProfile = {
  displayName: 'Amina Otieno',
  headline: 'Hospital pharmacist',
  country: 'KE',
  timeZone: 'Africa/Nairobi',
  languages: [
    { code: 'sw', level: 'native' },
    { code: 'en', level: 'C1' },
  ],
  expertise: [{ domain: 'medicine', level: 'domain_expert', evidence: 'Licence 4417' }],
}
const fields = (values: Record<string, string>) => (name: string) => values[name] ?? ''

test('a profile that is opened and saved is the same', () => {
  const { languages, expertise } = startRows(profile)
  const { displayName, headline, country, timeZone } = profile
  const read = readProfile(fields({ displayName, headline, country, timeZone }), languages, expertise)
  expect(read).toEqual(profile)
  expect(trainerProfileInput.safeParse(read).success).toBe(true)
})

test('a new profile begins with the language of the browser, its level open', () => {
  expect(startRows(null, 'pt-BR').languages).toMatchObject([{ code: 'pt-BR', level: '' }])
  expect(startRows(null, 'de-AT').languages).toMatchObject([{ code: 'de', level: '' }])
  expect(startRows(null, 'tlh').languages).toMatchObject([{ code: '', level: '' }])
})

test('an expertise without a domain is left out, and texts are trimmed', () => {
  const { languages, expertise } = startRows(null, 'en')
  const read = readProfile(fields({ displayName: ' Amina ' }), languages, expertise)
  expect(read).toMatchObject({ displayName: 'Amina', languages: [], expertise: [] })
})
