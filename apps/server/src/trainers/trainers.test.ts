import {
  type Audience,
  expertiseDomain,
  expertiseLevel,
  languageLevel,
  type TrainerProfile,
} from '@groundwork/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PeopleServer, startPeopleServer } from '../../../../tests/support/people-server.ts'
import { fitsAudience, getTrainerProfile, matchAudience, saveTrainerProfile } from './index.ts'

let server: PeopleServer
beforeAll(async () => {
  server = await startPeopleServer()
})
afterAll(() => server.stop())

const profile: TrainerProfile = {
  displayName: 'Thandiwe M.',
  country: 'ZA',
  timeZone: 'Africa/Johannesburg',
  languages: [
    { code: 'en', level: 'native' },
    { code: 'zu', level: 'C1' },
  ],
  expertise: [
    { domain: 'programming', level: 'domain_expert', evidence: '14 years of payments and Postgres' },
  ],
  headline: 'Backend engineer',
}

describe('the own account', () => {
  test('gets another name', async () => {
    const { browser, userId } = await server.person('Old Name')
    const answer = await browser.patch('/v1/me', { name: ' New  Name ' })
    expect(answer.status).toBe(200)
    expect(answer.body.user.name).toBe('New  Name')
    expect(await server.auditOf(userId)).toEqual(['account.created', 'account.renamed'])
  })

  test('refuses bad names and people who are not signed in', async () => {
    const { browser } = await server.person()
    for (const body of [
      undefined,
      {},
      { name: '' },
      { name: ' ' },
      { name: 'a\tb' },
      { name: 7 },
      { name: 'a', email: 'b@example.org' },
    ])
      expect((await browser.patch('/v1/me', body)).status).toBe(400)
    expect((await server.client().patch('/v1/me', { name: 'a' })).status).toBe(401)
    expect((await server.client().get('/v1/me')).status).toBe(401)
  })
})

describe('the profile of a trainer', () => {
  test('makes a person a trainer, and is replaced as a whole', async () => {
    const { browser, userId } = await server.person()
    expect((await browser.get('/v1/me')).body.trainer).toBeNull()
    const saved = await browser.put('/v1/me/trainer-profile', profile)
    expect(saved.status).toBe(200)
    expect(saved.body).toEqual(profile)
    expect((await browser.get('/v1/me')).body.trainer).toEqual(profile)

    const next = { ...profile, languages: [{ code: 'pt-BR', level: 'B2' }], expertise: [], headline: '' }
    expect((await browser.put('/v1/me/trainer-profile', next)).body).toEqual(next)
    expect((await browser.get('/v1/me')).body.trainer).toEqual(next)
    expect(await server.auditOf(userId)).toEqual([
      'account.created',
      'trainer_profile.saved',
      'trainer_profile.saved',
    ])
  })

  test('saved twice at once is one of both, whole', async () => {
    const { browser, userId } = await server.person()
    const other = {
      ...profile,
      country: 'KE',
      languages: [{ code: 'sw', level: 'native' as const }],
      expertise: [],
    }
    const answers = await Promise.all(
      [profile, other, profile, other].map((each) => browser.put('/v1/me/trainer-profile', each)),
    )
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    const stored = await server.deps.database.transaction({}, (tx) => getTrainerProfile(tx, userId))
    expect([profile, other]).toContainEqual(stored)
  })

  test.each([
    ['no country', { country: undefined }],
    ['a country in words', { country: 'Kenya' }],
    ['a time zone that there is not', { timeZone: 'Mars/Olympus' }],
    ['an offset, which the database would count the other way', { timeZone: '+05:30' }],
    ['no language', { languages: [] }],
    [
      'a language twice',
      {
        languages: [
          { code: 'en', level: 'C1' },
          { code: 'EN', level: 'B1' },
        ],
      },
    ],
    [
      'the same language twice',
      {
        languages: [
          { code: 'en', level: 'C1' },
          { code: 'en', level: 'B1' },
        ],
      },
    ],
    ['an unknown level of a language', { languages: [{ code: 'en', level: 'good' }] }],
    [
      'a domain twice',
      {
        expertise: [
          { domain: 'law', level: 'generalist' },
          { domain: 'law', level: 'domain_expert' },
        ],
      },
    ],
    ['an unknown domain', { expertise: [{ domain: 'astrology', level: 'generalist' }] }],
    ['NUL in the evidence', { expertise: [{ domain: 'law', level: 'generalist', evidence: 'a\u0000' }] }],
    ['a long headline', { headline: 'x'.repeat(201) }],
    ['an unknown field', { reliability: 1 }],
  ])('refuses %s', async (_what, wrong) => {
    const { browser } = await server.person()
    const answer = await browser.put('/v1/me/trainer-profile', { ...profile, ...wrong })
    expect(answer.status).toBe(400)
    expect(answer.body.error).toMatchObject({
      code: 'invalid_input',
      details: { issues: [expect.anything()] },
    })
    expect((await browser.get('/v1/me')).body.trainer).toBeNull()
  })

  test('needs a person who is signed in, and a key that may write for all of the account', async () => {
    const { userId } = await server.person()
    const organizationId = await server.organizationOf(userId)
    const limited = await server.apiKeyOf(userId, { organizationId })
    const reading = await server.apiKeyOf(userId, { scope: 'read' })
    const put = async (client = server.client()) =>
      (await client.put('/v1/me/trainer-profile', profile)).status
    expect(await put()).toBe(401)
    expect(await put(server.client(limited.secret))).toBe(403)
    expect(await put(server.client(reading.secret))).toBe(403)
    expect(await put(server.client((await server.apiKeyOf(userId)).secret))).toBe(200)
  })
})

describe('an audience', () => {
  test('without rules is everybody', () => {
    expect(fitsAudience(profile, {})).toBe(true)
    expect(fitsAudience(profile, { countries: [], languages: [], expertise: [] })).toBe(true)
  })

  test.each<[string, Audience, boolean]>([
    ['the country', { countries: ['KE', 'ZA'] }, true],
    ['another country', { countries: ['KE'] }, false],
    ['a language at its level', { languages: [{ code: 'zu', level: 'C1' }] }, true],
    ['a language above its level', { languages: [{ code: 'zu', level: 'C2' }] }, false],
    [
      'one of two languages',
      {
        languages: [
          { code: 'fr', level: 'A1' },
          { code: 'en', level: 'C2' },
        ],
      },
      true,
    ],
    ['a region of the language', { languages: [{ code: 'en-GB', level: 'A1' }] }, false],
    [
      'a domain below its level',
      { expertise: [{ domain: 'programming', level: 'stem_professional' }] },
      true,
    ],
    ['another domain', { expertise: [{ domain: 'law', level: 'generalist' }] }, false],
    [
      'all of the rules',
      {
        countries: ['ZA'],
        languages: [{ code: 'en', level: 'C1' }],
        expertise: [{ domain: 'programming', level: 'generalist' }],
      },
      true,
    ],
    ['all of the rules but one', { countries: ['ZA'], languages: [{ code: 'fr', level: 'A1' }] }, false],
  ])('of %s', (_what, audience, fits) => {
    expect(fitsAudience(profile, audience)).toBe(fits)
  })

  test('that names a language has speakers of its regions in it', () => {
    const brazilian = { ...profile, languages: [{ code: 'pt-BR', level: 'native' as const }] }
    expect(fitsAudience(brazilian, { languages: [{ code: 'pt', level: 'C1' }] })).toBe(true)
    expect(fitsAudience(brazilian, { languages: [{ code: 'p', level: 'C1' }] })).toBe(false)
    expect(fitsAudience(brazilian, { languages: [{ code: 'pt-br', level: 'C1' }] })).toBe(true)
  })

  describe('as counted', () => {
    let counting: PeopleServer
    beforeEach(async () => {
      counting = await startPeopleServer()
      return () => counting.stop()
    })

    const codes = fc.constantFrom('en', 'EN', 'en-GB', 'pt', 'pt-BR', 'sw', 's')
    const language = fc.record({ code: codes, level: fc.constantFrom(...languageLevel.options) })
    const skill = fc.record({
      domain: fc.constantFrom(...expertiseDomain.options.slice(0, 4)),
      level: fc.constantFrom(...expertiseLevel.options),
    })
    const country = fc.constantFrom('KE', 'ZA', 'BR')
    const profiles = fc.record({
      displayName: fc.constant('Somebody'),
      country,
      timeZone: fc.constant('UTC'),
      headline: fc.constant(''),
      languages: fc.uniqueArray(language, { minLength: 1, maxLength: 3, selector: (each) => each.code }),
      expertise: fc
        .uniqueArray(skill, { maxLength: 3, selector: (each) => each.domain })
        .map((list) => list.map((each) => ({ ...each, evidence: '' }))),
    })
    const audiences = fc.record(
      {
        countries: fc.array(country, { maxLength: 2 }),
        languages: fc.array(language, { maxLength: 2 }),
        expertise: fc.array(skill, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    )

    test('in the database is the audience as decided for each trainer', async () => {
      const { deps } = counting
      const trainers = fc.sample(profiles, { numRuns: 60, seed: 11 })
      for (const [index, each] of trainers.entries()) {
        await deps.database.transaction('system', async (tx) => {
          const { id } = await tx
            .insertInto('users')
            .values({ name: 'Somebody', email: `trainer${index}@example.org` })
            .returning('id')
            .executeTakeFirstOrThrow()
          await saveTrainerProfile(tx, id, each)
        })
      }
      for (const audience of fc.sample(audiences, { numRuns: 200, seed: 12 }) as Audience[]) {
        const fitting = trainers.filter((each) => fitsAudience(each, audience))
        const match = await matchAudience(deps, audience)
        const where = JSON.stringify(audience)
        expect(match.trainers, where).toBe(trainers.length)
        expect(match.matching, where).toBe(fitting.length)
        const countries = Object.fromEntries(match.countries.map((each) => [each.country, each.trainers]))
        for (const code of ['KE', 'ZA', 'BR'])
          expect(countries[code] ?? 0, where).toBe(fitting.filter((each) => each.country === code).length)
      }
    })

    test('is told to members of teams', async () => {
      const { browser } = await counting.person()
      const answer = await browser.post('/v1/audience-match', { countries: ['KE'] })
      expect(answer.body).toEqual({ matching: 0, trainers: 0, countries: [] })
      expect((await browser.post('/v1/audience-match', { countries: ['Kenya'] })).status).toBe(400)
      expect((await browser.post('/v1/audience-match', { anybody: true })).status).toBe(400)
      expect((await counting.client().post('/v1/audience-match', {})).status).toBe(401)
    })
  })
})
