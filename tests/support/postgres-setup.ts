import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { lockFolder } from '../../apps/server/src/platform/embedded-postgres/folder-lock.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/index.ts'
import { pathsIn } from '../../apps/server/src/platform/embedded-postgres/paths.ts'
import {
  findPostmaster,
  stopPostmaster,
} from '../../apps/server/src/platform/embedded-postgres/postmaster.ts'
import { migrate } from '../../apps/server/src/platform/migrate.ts'
import { TEMPLATE_DATABASE } from './template-database.ts'

const FOLDER_PREFIX = 'groundwork-test-'

/** Vitest's global set-up: one Postgres for the whole run, with a migrated template database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers()
  const dataFolder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX))
  // For the unprivileged account that Postgres gets when the tests run as root.
  chmodSync(dataFolder, 0o711)
  const log = { info: () => undefined, warn: console.warn, error: console.error }
  const postgres = await startEmbeddedPostgres({ dataFolder, log, fsync: false })
  const tearDown = async () => {
    await postgres.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
  try {
    await createTemplate(postgres.url)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('postgresUrl', postgres.url)
  return tearDown
}

async function createTemplate(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`create database ${TEMPLATE_DATABASE}`)
    const templateUrl = new URL(url)
    templateUrl.pathname = `/${TEMPLATE_DATABASE}`
    await migrate(templateUrl.href)
    // Copying fails while anyone is connected to the original.
    await client.query(`alter database ${TEMPLATE_DATABASE} with is_template true allow_connections false`)
  } finally {
    await client.end()
  }
}

/** A run that was killed leaves its Postgres running; the next run ends it. */
async function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const folder = join(tmpdir(), name)
    const home = join(folder, 'postgres')
    if (!existsSync(home)) continue
    try {
      const lock = await lockFolder(home, folder, 0)
      const orphan = findPostmaster(pathsIn(home))
      if (orphan) await stopPostmaster(orphan.pid, pathsIn(home))
      lock.release()
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another run is at work there, or another user's run was.
    }
  }
}
