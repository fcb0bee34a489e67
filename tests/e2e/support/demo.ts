import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@groundwork/client'
import { type Demo, prepareDemo, seedDemo } from '../../../apps/server/src/demo/prepare-demo.ts'
import { readConfig } from '../../../apps/server/src/platform/config.ts'
import type { TestServer } from '../../support/test-server.ts'

export type DemoPerson = Demo['people'][number]

/** Fills an empty test server with the demo, as a first start does, and waits until its consensus is computed. */
export async function openDemo(server: TestServer) {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-e2e-demo-'))
  try {
    const demo = await prepareDemo(server.deps, readConfig({ GROUNDWORK_DATA: folder, GROUNDWORK_DEMO: '1' }))
    if (!demo) throw new Error('The demo wants an empty instance.')
    await seedDemo(server.deps, server.url, server.ownerUrl, demo)
    const find = (matches: (person: DemoPerson) => boolean) => {
      const person = demo.people.find(matches)
      if (!person) throw new Error('The demo has no such person.')
      return person
    }
    return {
      role: (role: DemoPerson['role']) => find((person) => person.role === role),
      named: (name: string) => find((person) => person.name === name),
      clientOf: (person: DemoPerson) => createClient({ baseUrl: server.url, apiKey: person.apiKey }),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}
