import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addAccount, addMember, createOrganizationFor, issueApiKey } from '../identity/index.ts'
import { newSecret, type Tx } from '../platform/index.ts'
import { saveTrainerProfile } from '../trainers/index.ts'
import { type DemoPeople, demoPeople } from './demo-files.ts'

export type DemoPerson = {
  name: string
  role: 'operator' | 'owner' | 'manager' | 'reviewer' | 'trainer'
  email: string
  password: string
  apiKey: string
}
/** What `demo.json` in the data folder holds. */
export type DemoCredentials = { url: string; people: DemoPerson[] }

export const credentialsFile = (dataFolder: string) => join(dataFolder, 'demo.json')

/** The credentials of an earlier start; null when the file is not there. */
export async function readCredentials(dataFolder: string): Promise<DemoCredentials | null> {
  try {
    return JSON.parse(await readFile(credentialsFile(dataFolder), 'utf8')) as DemoCredentials
  } catch {
    return null
  }
}

export async function writeCredentials(dataFolder: string, credentials: DemoCredentials): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  await writeFile(credentialsFile(dataFolder), `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
}

/** Makes the people of the demo with random passwords and API keys. Needs the system scope. */
export async function createDemoAccounts(tx: Tx): Promise<DemoPerson[]> {
  const people = await demoPeople()
  const operator = await account(tx, 'operator', people.operator)
  const members = await createOrganization(tx, people)
  const trainers: DemoPerson[] = []
  for (const { name, email, country, timeZone, languages, headline, expertise } of people.trainers) {
    const { userId, person } = await account(tx, 'trainer', { name, email })
    await saveTrainerProfile(tx, userId, {
      displayName: name,
      country,
      timeZone,
      languages,
      headline,
      expertise,
    })
    trainers.push(person)
  }
  const samples = await account(tx, 'owner', people.samples.owner)
  await createOrganizationFor(tx, samples.userId, people.samples.organization.name)
  return [operator.person, ...members, ...trainers, samples.person]
}

async function createOrganization(tx: Tx, people: DemoPeople): Promise<DemoPerson[]> {
  let organizationId = ''
  const members: DemoPerson[] = []
  // The owner comes first: an organization begins with one.
  for (const member of people.members.toSorted(
    (a, b) => Number(b.role === 'owner') - Number(a.role === 'owner'),
  )) {
    const { userId, person } = await account(tx, member.role, member)
    if (member.role === 'owner')
      ({ organizationId } = await createOrganizationFor(tx, userId, people.organization.name))
    else await addMember(tx, organizationId, userId, member.role)
    members.push(person)
  }
  return members
}

async function account(tx: Tx, role: DemoPerson['role'], { name, email }: { name: string; email: string }) {
  const password = newSecret(12)
  const { userId } = await addAccount(tx, {
    name,
    email,
    password,
    ...(role === 'operator' ? { operator: true } : {}),
  })
  const { secret } = await issueApiKey(tx, userId, { name: 'Demo', scope: 'write', expiresInDays: 730 })
  return { userId, person: { name, role, email, password, apiKey: secret } satisfies DemoPerson }
}
