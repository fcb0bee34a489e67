import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkArchitecture } from './check.ts'
import { rules } from './rules.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'groundwork-architecture-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const lines = (count: number) => 'export {}\n'.repeat(count)

/** A small house in which everything is allowed, some of it only just. */
const CLEAN = {
  'packages/consensus/src/index.ts': "export { median } from './median.ts'\n",
  'packages/consensus/src/median.ts': 'export const median = 1\n',
  'packages/consensus/src/median.test.ts':
    "import { readFileSync } from 'node:fs'\nexport { readFileSync }\n",
  'packages/formats/src/index.ts': "import { parse } from 'csv-parse'\nexport { parse }\n",
  'packages/contract/src/api.generated.ts': lines(900),
  'apps/server/src/main.ts':
    "import './platform/database.ts'\nimport './tasks/index.ts'\nimport './ledger/index.ts'\n",
  'apps/server/src/demo/seed.ts': "import { claim } from '../tasks/index.ts'\nexport { claim }\n",
  'apps/server/src/platform/index.ts': "export { sql } from './database.ts'\n",
  'apps/server/src/platform/database.ts':
    "import pg from 'pg'\nexport { sql } from 'kysely'\nexport { pg }\n",
  'apps/server/src/platform/config.ts': 'export const config = process.env.PORT\n',
  'apps/server/src/ledger/index.ts': "export { hold } from './hold-queries.ts'\n",
  'apps/server/src/ledger/hold-queries.ts':
    "import { sql } from '../platform/index.ts'\nexport const hold = (tx) => tx.selectFrom('holds').select(sql`now()`)\n",
  'apps/server/src/tasks/index.ts': "export { claim } from './claim.ts'\n",
  'apps/server/src/tasks/claim.ts':
    "import { hold } from '../ledger/index.ts'\nimport { Client } from '@groundwork/client'\nexport const claim = [hold, Client]\n",
  'apps/server/src/tasks/claim.test.ts':
    "import { createTestDatabase } from '../../../../tests/support/test-database.ts'\nimport { work } from '../hub/index.ts'\nimport pg from 'pg'\n",
  'apps/server/src/hub/index.ts': 'export const work = 1\n',
  'apps/cli/src/environment.ts': 'export const url = process.env.GROUNDWORK_URL\n',
  'apps/web/src/main.tsx': "import { routes } from './app/routes.tsx'\nexport { routes }\n",
  'apps/web/src/app/routes.tsx': "export const routes = () => import('../features/tasks/page.tsx')\n",
  'apps/web/src/features/tasks/page.tsx':
    "import { Button } from '../../ui/button.tsx'\nexport const Page = () => <Button />\n",
  'apps/web/src/ui/button.tsx': 'export const Button = () => <button type="button" />\n',
  'bench/main.ts':
    "import pg from 'pg'\nimport '../apps/server/src/tasks/claim.ts'\nprocess.env.X\nexport { pg }\n",
  'tests/support/test-database.ts': lines(500),
}

/** One violation of every rule, put on top of the clean house. */
const VIOLATIONS: [rule: string, path: string, text: string][] = [
  ['can-be-read', 'packages/client/src/index.ts', 'export const = 1\n'],
  ['packages-below-apps', 'packages/client/src/index.ts', "import '@groundwork/server'\n"],
  ['packages-below-apps', 'packages/client/src/cli.ts', "export const cli = import('groundwork')\n"],
  [
    'apps-apart',
    'apps/cli/src/index.ts',
    "import type { Row } from '@groundwork/server'\nexport type { Row }\n",
  ],
  [
    'workspace-boundary',
    'apps/cli/src/index.ts',
    "export * from '../../../packages/consensus/src/index.ts'\n",
  ],
  [
    'workspace-boundary',
    'packages/client/src/index.ts',
    "import '../../../tests/support/test-database.ts'\n",
  ],
  [
    'consensus-imports-nothing',
    'packages/consensus/src/hash.ts',
    "import { createHash } from 'node:crypto'\n",
  ],
  ['consensus-imports-nothing', 'packages/consensus/src/type.ts', "export type Z = import('zod').ZodType\n"],
  [
    'formats-without-database-or-network',
    'packages/formats/src/load.ts',
    "export const load = () => fetch('/x')\n",
  ],
  ['formats-without-database-or-network', 'packages/formats/src/db.ts', "import { Kysely } from 'kysely'\n"],
  [
    'platform-knows-no-domain',
    'apps/server/src/platform/guard.ts',
    "import { claim } from '../tasks/index.ts'\n",
  ],
  [
    'domains-downwards',
    'apps/server/src/ledger/pay.ts',
    "export const pay = () => import('../tasks/index.ts')\n",
  ],
  ['domains-through-their-door', 'apps/server/src/tasks/pay.ts', "import '../ledger/hold-queries.ts'\n"],
  ['domains-through-their-door', 'apps/server/src/tasks/log.ts', "import '../platform/database.ts'\n"],
  ['domains-through-their-door', 'apps/server/src/jobs.ts', "export { claim } from './tasks/claim.ts'\n"],
  ['domains-have-a-place', 'apps/server/src/helpers/index.ts', 'export const help = 1\n'],
  ['features-apart', 'apps/web/src/features/people/page.tsx', "import { Page } from '../tasks/page.tsx'\n"],
  ['web-downwards', 'apps/web/src/ui/link.tsx', "import { Page } from '../features/tasks/page.tsx'\n"],
  [
    'web-downwards',
    'apps/web/src/features/tasks/link.tsx',
    "import { routes } from '../../app/routes.tsx'\n",
  ],
  [
    'sql-in-its-place',
    'apps/server/src/tasks/find.ts',
    "export const find = (db) => db.selectFrom('tasks')\n",
  ],
  ['sql-in-its-place', 'apps/server/src/tasks/sql.ts', "import { sql } from '../platform/index.ts'\n"],
  [
    'sql-in-its-place',
    'apps/server/src/tasks/raw.ts',
    "export const raw = (pool) => pool.query('select 1')\n",
  ],
  ['sql-in-its-place', 'apps/cli/src/direct.ts', "import pg from 'pg'\n"],
  ['environment-in-one-place', 'apps/server/src/tasks/size.ts', 'export const size = process.env.SIZE\n'],
  ['environment-in-one-place', 'packages/client/src/url.ts', "import { env } from 'node:process'\n"],
  ['file-size', 'apps/server/src/tasks/long.ts', lines(401)],
]

test('a clean house has no violations', () => {
  write(CLEAN)
  expect(checkArchitecture(root)).toMatchObject({ violations: [], warnings: [] })
})

test.each(VIOLATIONS)('%s is reported for %s, and nothing else is', (rule, path, text) => {
  write({ ...CLEAN, [path]: text })
  expect(checkArchitecture(root).violations.map((violation) => [violation.rule, violation.path])).toEqual([
    [rule, path],
  ])
})

test('every rule has a violation here', () => {
  expect([...new Set(VIOLATIONS.map(([rule]) => rule))].sort()).toEqual(rules.map(({ name }) => name).sort())
})

test('a file of more than 250 lines is a warning', () => {
  write({ ...CLEAN, 'apps/server/src/tasks/longish.ts': lines(251) })
  expect(checkArchitecture(root)).toMatchObject({
    violations: [],
    warnings: ['apps/server/src/tasks/longish.ts: 251 lines'],
  })
})

test('a check that reads no files fails', () => {
  expect(() => checkArchitecture(root)).toThrow('read no files')
})

test('the real house is read', () => {
  const { filesRead } = checkArchitecture(join(import.meta.dirname, '../..'))
  expect(filesRead).toBeGreaterThan(50)
})
