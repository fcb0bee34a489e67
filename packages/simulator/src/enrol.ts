import { randomBytes } from 'node:crypto'
import { type Client, createClient } from '@groundwork/client'
import type { TrainerProfile } from '@groundwork/contract'

/** A profile that fits every audience rule: what is simulated is the work, not the admission. */
const profile = (name: string): TrainerProfile => ({
  displayName: name,
  country: 'KE',
  timeZone: 'Africa/Nairobi',
  headline: 'A simulated trainer, not a person',
  languages: [{ code: 'en', level: 'native' }],
  expertise: (
    [
      'general',
      'writing',
      'languages',
      'programming',
      'mathematics',
      'science',
      'medicine',
      'law',
      'finance',
    ] as const
  ).map((domain) => ({ domain, level: 'domain_expert', evidence: 'simulated' })),
})

/**
 * Signs a new trainer up as a person would, fills in the profile and makes an API key.
 * @throws Error when the instance does not take sign-ups
 */
export async function enrolTrainer(baseUrl: string, name: string): Promise<Client> {
  const email = `${name}-${randomBytes(6).toString('hex')}@simulated.example`
  const response = await fetch(`${baseUrl}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify({ name, email, password: randomBytes(24).toString('base64url') }),
  })
  if (!response.ok)
    throw new Error(`${baseUrl} did not sign ${email} up (${response.status}): ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const signedIn = createClient({
    baseUrl,
    fetch: (input, init) => fetch(input, { ...init, headers: withCookie(init?.headers, cookie) }),
  })
  await signedIn.saveTrainerProfile({ body: profile(name) })
  const { secret } = await signedIn.createApiKey({ body: { name: 'simulation', expiresInDays: 1 } })
  return createClient({ baseUrl, apiKey: secret })
}

function withCookie(headers: RequestInit['headers'], cookie: string): Headers {
  const all = new Headers(headers)
  all.set('cookie', cookie)
  return all
}
