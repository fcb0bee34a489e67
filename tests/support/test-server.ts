import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@groundwork/client'
import type { OrganizationRole, TrainerProfile } from '@groundwork/contract'
import { createServer, startJobs } from '../../apps/server/src/compose.ts'
import { addMember, createOrganizationFor, issueApiKey } from '../../apps/server/src/identity/index.ts'
import { openDatabase } from '../../apps/server/src/platform/database.ts'
import type { Deps } from '../../apps/server/src/platform/index.ts'
import { openLog } from '../../apps/server/src/platform/logging.ts'
import { openMailer } from '../../apps/server/src/platform/mailer.ts'
import { allowNetworks } from '../../apps/server/src/platform/outside/index.ts'
import { folderStore } from '../../apps/server/src/platform/storage/index.ts'
import { saveTrainerProfile } from '../../apps/server/src/trainers/index.ts'
import { addTestAccount } from './accounts.ts'
import { createTestDatabase } from './test-database.ts'

/** A person of a test: a client that acts as them, and what else is needed to do so. */
export type TestPerson = { userId: string; email: string; apiKey: string; client: Client }

export type TestServer = {
  url: string
  deps: Deps
  /** Superuser connection to the test's database. */
  ownerUrl: string
  /** Another process's view: a second server on the same database. */
  another: () => Promise<{ url: string; close: () => Promise<void> }>
  newPerson: (name?: string, options?: { operator?: boolean }) => Promise<TestPerson>
  newTrainer: (profile?: Partial<TrainerProfile>) => Promise<TestPerson>
  newTeam: (role?: OrganizationRole) => Promise<TestPerson & { organizationId: string }>
  addToTeam: (organizationId: string, role: OrganizationRole) => Promise<TestPerson>
  close: () => Promise<void>
}

export const TEST_PASSWORD = 'a long enough password'

/** The whole server on a database of its own, listening on a free port of loopback. */
export async function createTestServer(
  options: { jobs?: boolean; webFolder?: string; poolSize?: number } = {},
): Promise<TestServer> {
  const database = await createTestDatabase()
  const media = await mkdtemp(join(tmpdir(), 'groundwork-media-'))
  const first = await listen(database.url, media, options)
  const servers = [first]
  let count = 0

  const newPerson: TestServer['newPerson'] = async (name = 'Test Person', { operator } = {}) => {
    const email = `person-${++count}@test.example`
    const { userId } = await addTestAccount(first.deps, {
      name,
      email,
      password: TEST_PASSWORD,
      ...(operator ? { operator } : {}),
    })
    const { secret } = await first.deps.database.transaction({ person: userId }, (tx) =>
      issueApiKey(tx, userId, { name: 'test', scope: 'write', expiresInDays: 1 }),
    )
    return { userId, email, apiKey: secret, client: createClient({ baseUrl: first.url, apiKey: secret }) }
  }

  const addToTeam: TestServer['addToTeam'] = async (organizationId, role) => {
    const person = await newPerson(`Test ${role}`)
    await first.deps.database.transaction('system', (tx) =>
      addMember(tx, organizationId, person.userId, role),
    )
    return person
  }

  return {
    url: first.url,
    deps: first.deps,
    ownerUrl: database.url,
    newPerson,
    addToTeam,
    newTrainer: async (profile = {}) => {
      const person = await newPerson(profile.displayName ?? `Trainer ${count + 1}`)
      await first.deps.database.transaction({ person: person.userId }, (tx) =>
        saveTrainerProfile(tx, person.userId, {
          displayName: `Trainer ${count}`,
          country: 'KE',
          timeZone: 'Africa/Nairobi',
          languages: [{ code: 'en', level: 'C2' }],
          expertise: [],
          headline: '',
          ...profile,
        }),
      )
      return person
    },
    newTeam: async (role = 'owner') => {
      const owner = await newPerson('Test owner')
      const { organizationId } = await first.deps.database.transaction('system', (tx) =>
        createOrganizationFor(tx, owner.userId, `Team ${count}`),
      )
      const person = role === 'owner' ? owner : await addToTeam(organizationId, role)
      return { ...person, organizationId }
    },
    another: async () => {
      const server = await listen(database.url, media, options)
      servers.push(server)
      return server
    },
    close: async () => {
      for (const server of servers.toReversed()) await server.close()
      await database.drop()
      await rm(media, { recursive: true, force: true })
    },
  }
}

async function listen(
  ownerUrl: string,
  media: string,
  options: { jobs?: boolean; webFolder?: string; poolSize?: number },
) {
  const database = openDatabase(ownerUrl, options.poolSize ?? 10)
  const deps: Deps = {
    database,
    log: openLog('silent'),
    mailer: openMailer(undefined, 'test@test.example'),
    storage: folderStore(media),
    allowedNetworks: allowNetworks(['127.0.0.0/8']),
    secret: 'a secret of the tests that is long enough to be one',
    exportPlaces: { folder: undefined, huggingFaceUrl: 'http://127.0.0.1:1', s3Hosts: [] },
    publicUrl: 'http://127.0.0.1',
    version: '0.0.0-test',
  }
  const app = await createServer(deps, {
    secret: 'a secret of the tests that is long enough to be one',
    openSignUp: true,
    attemptsPerMinute: 10_000,
    trustProxy: false,
    embeddedDatabase: false,
    demo: false,
    webFolder: options.webFolder,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const jobs = options.jobs ? await startJobs(ownerUrl, deps) : undefined
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    deps,
    close: async () => {
      await jobs?.stop()
      await app.close()
      await database.close()
    },
  }
}
