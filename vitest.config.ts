import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const setupFiles = ['tests/support/console-setup.ts']
const postgres = 'tests/support/postgres-setup.ts'

export default defineConfig({
  test: {
    // Two even on one core: much of a server test is waiting for Postgres.
    maxWorkers: Math.max(2, availableParallelism()),
    // What a file loads is loaded once for each worker: nothing may be left behind in a module.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/web/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          setupFiles,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['apps/{server,cli}/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'tests/e2e/**'],
          setupFiles,
          globalSetup: postgres,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          setupFiles,
          globalSetup: postgres,
        },
      },
    ],
  },
})
