import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { png } from '../../../../../tests/support/images.ts'
import {
  createTestServer,
  type TestPerson,
  type TestServer,
} from '../../../../../tests/support/test-server.ts'
import { newId, sql } from '../../platform/index.ts'
import { touchBlobs } from './blob-queries.ts'
import { blobKey, putBlob } from './put-blob.ts'
import { storeImage } from './store-image.ts'
import { sweepBlob } from './sweep-blobs.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let exportId: string
beforeAll(async () => {
  server = await createTestServer({ jobs: false })
  team = await server.newTeam()
  const project = await team.client.createProject({ body: { template: 'compare-responses', name: 'Blobs' } })
  const job = await team.client.createExport({ params: { id: project.id }, body: { format: 'raw' } })
  exportId = job.id
})
afterAll(() => server.close())

const run = (query: ReturnType<typeof sql>) =>
  server.deps.database.transaction('system', (tx) => query.execute(tx))
const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const there = (sha256: string) => server.deps.storage.exists(blobKey(sha256))
const sweepAll = async () => {
  while (await sweepBlob(server.deps));
}

/** What may happen to one of a few blobs, in any order. */
const steps = {
  put: async (sha256: string) =>
    putBlob(server.deps, { key: blobKey(sha256), sha256, type: 'image/png' }, () => Buffer.from(sha256)),
  asset: async (sha256: string) => {
    await steps.put(sha256)
    await run(sql`insert into assets (id, organization_id, sha256, mime, width, height, bytes)
      values (${newId()}, ${team.organizationId}, ${sha256}, 'image/png', 1, 1, 64) on conflict do nothing`)
  },
  dropAsset: (sha256: string) => run(sql`delete from assets where sha256 = ${sha256}`),
  export: async (sha256: string) => {
    await server.deps.database.transaction('system', async (tx) => {
      await touchBlobs(tx, [{ key: blobKey(sha256), sha256 }])
      await sql`insert into export_files (export_id, organization_id, name, bytes, sha256, blob, is_image)
        values (${exportId}, ${team.organizationId}, ${`images/${sha256}.png`}, 64, ${sha256}, ${blobKey(sha256)}, true)
        on conflict do nothing`.execute(tx)
    })
  },
  dropExport: (sha256: string) => run(sql`delete from export_files where sha256 = ${sha256}`),
  age: (sha256: string) =>
    run(sql`update blobs set touched_at = touched_at - interval '13 hours' where sha256 = ${sha256}`),
} as const

test('only what nothing names, and nobody put or relied on within a day, is removed', async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.constantFrom<keyof typeof steps | 'sweep'>(
            ...([
              'put',
              'asset',
              'dropAsset',
              'export',
              'dropExport',
              'age',
              'age',
              'sweep',
              'sweep',
            ] as const),
          ),
          fc.nat(2),
        ),
        { minLength: 5, maxLength: 25 },
      ),
      async (script) => {
        round++
        const blobs = [0, 1, 2].map((n) => ({
          sha256: shaOf(Buffer.from(`${round}/${n}`)),
          stored: false,
          asset: false,
          exported: false,
          hours: 0,
        }))
        for (const [step, n] of script) {
          const blob = blobs[n]
          if (!blob) continue
          if (step === 'sweep') await sweepAll()
          // An export only names what is stored and an asset.
          else if (step === 'export' && !blob.asset) continue
          else await steps[step](blob.sha256)
          if (step === 'put' || step === 'asset') Object.assign(blob, { stored: true, hours: 0 })
          if (step === 'asset') blob.asset = true
          if (step === 'dropAsset') blob.asset = false
          if (step === 'export') Object.assign(blob, { exported: true, hours: 0 })
          if (step === 'dropExport') blob.exported = false
          if (step === 'age') blob.hours += 13
          if (step === 'sweep') {
            for (const each of blobs)
              if (each.hours > 24 && !each.asset && !each.exported) each.stored = false
          }
          for (const each of blobs) expect(await there(each.sha256), `${step} ${n}`).toBe(each.stored)
        }
      },
    ),
    { seed: 16, numRuns: 40 },
  )
})

test('an upload of what is just being removed keeps its bytes', async () => {
  const owner = { organizationId: team.organizationId, userId: team.userId }
  for (let round = 0; round < 12; round++) {
    const bytes = await png(100 + round, 8, 8)
    const first = await storeImage(server.deps, owner, bytes)
    if (!('asset' in first)) throw new Error('not stored')
    const { sha256, id } = first.asset
    await run(sql`delete from asset_sources where asset_id = ${id}`)
    await steps.dropAsset(sha256)
    await steps.age(sha256)
    await steps.age(sha256)
    const [again] = await Promise.all([
      storeImage(server.deps, owner, bytes),
      sweepBlob(server.deps),
      sweepBlob(server.deps),
    ])
    if (!('asset' in again)) throw new Error('not stored')
    expect(await there(sha256)).toBe(true)
  }
})
